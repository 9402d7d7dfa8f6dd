"""A form sent while nobody was signed in, or while the counter was locked: its fields wait in the
page that asks who is there, then are sent once. Files and the page's secret never wait.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

FIELD = "pending"
SECRET = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
_routes: set[str] = set()


@dataclass(frozen=True, slots=True)
class Pending:
    """Where a form was going, and what it said."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def as_field(self) -> str:
        """Return the text that a hidden field carries."""
        return json.dumps({"path": self.path, "fields": self.fields}, ensure_ascii=False)


def keep_posts_of(*routes: str) -> None:
    """Register, at start-up, routes whose forms are worth keeping and safe to send again."""
    _routes.update(routes)


def posted(request: HttpRequest) -> Pending | None:
    """Return what this request sends to a route registered; None when there is nothing to keep."""
    if request.method != "POST" or not _is_kept(request.path):
        return None
    fields = tuple(
        (name, value) for name, values in request.POST.lists() for value in values if name != SECRET
    )
    return Pending(request.get_full_path(), fields) if fields else None


def carried(request: HttpRequest) -> Pending | None:
    """Return what the page that asks who is there carried along; None when it makes no sense."""
    try:
        told = json.loads(request.POST.get(FIELD, ""))
        fields = tuple((str(name), str(value)) for name, value in told["fields"])
        path = str(told["path"])
        parts = urlsplit(path)
    except (ValueError, TypeError, KeyError):
        return None
    if parts.scheme or parts.netloc or not _is_kept(parts.path):
        return None
    return Pending(path, fields)


def resume_page(request: HttpRequest, kept: Pending) -> HttpResponse:
    """Answer with the form that waited, which sends itself, or at the press of its button."""
    context = {"path": kept.path, "fields": kept.fields, "messages": ()}
    response = render(request, "accounts/resume.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _is_kept(path: str) -> bool:
    try:
        return resolve(path).view_name in _routes
    except Resolver404:
        return False
