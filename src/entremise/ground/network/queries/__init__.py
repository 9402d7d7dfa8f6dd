"""Questions about the network: directory, opening, people, first steps, roles."""
