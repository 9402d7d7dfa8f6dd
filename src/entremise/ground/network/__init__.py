"""Network, structures, points d'accueil, and the roles that people hold in them for a time."""
