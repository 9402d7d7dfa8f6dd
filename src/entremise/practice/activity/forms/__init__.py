"""Forms of the desk and of the list of acts."""
