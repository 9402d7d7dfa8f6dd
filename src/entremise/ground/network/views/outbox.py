"""The e-mails that a demonstration would have sent. Elsewhere there is no such page."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from entremise.foundation.access.doors import reads
from entremise.foundation.accounts.queries import database_is_demo
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.queries.outbox import MOST, messages_in


@reads(May.READ_OUTBOX)
def messages_sent(request: HttpRequest) -> HttpResponse:
    """Show the newest e-mails as plain text. 404 outside a demonstration."""
    if not database_is_demo():
        raise Http404
    found = messages_in(Path(settings.EMAIL_FILE_PATH))
    return render(request, "network/outbox.html", {"sent": found, "most": MOST})
