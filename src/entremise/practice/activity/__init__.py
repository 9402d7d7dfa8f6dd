"""The root of everything: acts and the requests they carry; the desk's form and day."""
