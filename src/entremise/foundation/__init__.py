"""What knows no word of the trade: sign-in, rights, journal, screens, imports."""
