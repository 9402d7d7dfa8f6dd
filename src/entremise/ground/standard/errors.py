"""What the standard refuses."""


class BrokenEdition(ValueError):
    """A data file of the standard cannot be trusted; the text gives the file and the line."""


class NoEditionInForce(LookupError):
    """No edition was in force on that day: the first one dates from December 2016."""


class UnknownRegister(LookupError):
    """There are eight registers, numbered from 1 to 8."""
