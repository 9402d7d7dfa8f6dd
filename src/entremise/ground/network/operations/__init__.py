"""What is done to the network: structures, points d'accueil, memberships, imports."""
