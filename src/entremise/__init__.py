"""Entremise: the information system of social-mediation networks. Five floors; imports go down."""
