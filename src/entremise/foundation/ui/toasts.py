"""Saying that something was done, with the way to undo it."""

from django.contrib import messages
from django.http import HttpRequest


def announce(
    request: HttpRequest, text: str, *, undo_url: str = "", level: int = messages.SUCCESS
) -> None:
    """Show `text` as a toast on the next page; `undo_url` receives its « Annuler » as a POST."""
    messages.add_message(request, level, text, extra_tags=undo_url)
