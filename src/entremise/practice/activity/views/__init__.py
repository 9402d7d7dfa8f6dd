"""Views of the desk's acts: the list, one act, correction, undo, local tags."""
