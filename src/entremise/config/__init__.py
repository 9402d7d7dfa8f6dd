"""Settings, addresses, the command line and the embedded database."""
