"""The engine of rights: permission → ways → named facts, two doors, and the second wall."""
