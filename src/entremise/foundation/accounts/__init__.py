"""Accounts: sign-in, password reset, « Mon compte ». Knows no role and no structure."""
