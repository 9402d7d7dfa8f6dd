"""Commands of the domain demo."""
