"""A person who records at the desk's real form, over HTTP, and believes only what is answered."""

import http.client
import re
from collections.abc import Mapping
from datetime import datetime
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.resilience.stage import PASSWORD

RECORD, SIGN_IN = "/aujourdhui/enregistrer", "/compte/ouvrir"


def visit_fields() -> dict[str, str]:
    """Return an ordinary visit as the form posts it; who, where and which act are added."""
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    return {
        "kind": "reception", "mode": "walk_in", "day": today.isoformat(), "start": "00:00",
        "requests": "1", "r0-theme": "energy-bill", "r0-operator": "edf", "r0-nature": "inform",
        "r0-outcome": "resolved", "p0-cell": "f:40-59", "p0-count": "1", "minutes": "15",
        "note": "Revient lundi avec sa facture",
    }  # fmt: skip


class Recorder:
    """One person signed in on one screen."""

    def __init__(self, port: int, site: str, person: Mapping[str, str]) -> None:
        self.port, self.login = port, person["login"]
        self.cookies: dict[str, str] = {}
        self.fields = visit_fields() | {
            "site": site, "signed_as": person["user"], "mediator": person["member"],
        }  # fmt: skip

    def sign_in(self) -> None:
        """Sign in through the page."""
        page = self._ask("GET", SIGN_IN)[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page[:500]
        fields = {"csrfmiddlewaretoken": token[1], "login": self.login, "password": PASSWORD}
        status, _, page = self._ask("POST", SIGN_IN, fields)
        assert (status, "sessionid" in self.cookies) == (302, True), page[:500]

    def record(self, act: UUID) -> str:
        """Post the visit; return "recorded" when told so, else what was met instead."""
        fields = self.fields | {"act": str(act), "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        try:
            status, location, page = self._ask("POST", RECORD, fields)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        if status == 302 and f"site={self.fields['site']}" in location:
            return "recorded"
        return f"{status} {location} {' '.join(re.findall('<li[^>]*>([^<]*)</li>', page))[:300]}"

    def _ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                method, path, urlencode(fields) if fields else None,
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                },
            )  # fmt: skip
            answer = connection.getresponse()
            page = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for sent in answer.headers.get_all("Set-Cookie") or ():
            cookie = SimpleCookie(sent)
            # No page is shown here: the waiting messages would pile up in their own cookie.
            self.cookies |= {n: c.value for n, c in cookie.items() if n != "messages"}
        return answer.status, answer.headers.get("Location", ""), page
