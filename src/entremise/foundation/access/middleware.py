"""Turns a refusal raised by a domain into its page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from entremise.foundation.access.errors import Refusal
from entremise.foundation.access.refusals import refusal_page


class RefusalsAsPages:
    """Show a refusal's sentence with its status instead of a failure."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer refusals; leave every other error to Django."""
        return refusal_page(request, error) if isinstance(error, Refusal) else None
