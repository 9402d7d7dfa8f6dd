"""Keeps a shared counter: locked when idle, narrow under a short code, no form lost meanwhile."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from entremise.foundation.accounts import counter, pending
from entremise.foundation.accounts.queries import opened_by_code
from entremise.shell.web import counter_pages, counter_routes


class SharedCounter:
    """Answer in place of a page that this session may not open now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            counter.note_use(request, response, at=timezone.now())
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the page through, or ask who is there: nobody, a locked person, a short code."""
        route = request.resolver_match.view_name if request.resolver_match else ""
        now = timezone.now()
        if not request.user.is_authenticated:
            kept = pending.posted(request)
            return counter_pages.sign_in(request, kept) if kept else None
        if counter.is_locked(request, at=now):
            return None if route in counter_routes.WHILE_LOCKED else counter_pages.locked(request)
        if not opened_by_code(request) or route in counter_routes.COUNTER:
            return None
        if route in counter_routes.BY_CODE and counter.takes_codes(request, at=now):
            return None
        return counter_pages.password_needed(request)
