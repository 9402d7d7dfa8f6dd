"""The demo network: invented from end to end, and said so wherever it shows."""
