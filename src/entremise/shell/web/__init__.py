"""Pages that cross domains: « Aujourd’hui » and the rail."""
