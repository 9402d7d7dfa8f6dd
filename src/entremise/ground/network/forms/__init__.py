"""What is asked about the network, checked before it reaches an operation."""
