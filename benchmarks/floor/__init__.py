"""The least that a Django application does to record something: one form, one row."""
