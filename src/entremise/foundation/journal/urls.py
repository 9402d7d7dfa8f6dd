"""Addresses of the desk and of acts."""

urlpatterns: list = []
