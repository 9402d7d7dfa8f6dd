"""One counter, several people: change by a short code, the lock, what waits and is sent once."""

from datetime import timedelta
from html.parser import HTMLParser
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from entremise.foundation.accounts import counter, operations, pending
from entremise.foundation.accounts.queries import opened_by_code
from entremise.foundation.journal.models import Decision
from entremise.practice.activity.models import Activity
from tests.cast import AT, PASSWORD, PLACES, Cast

CODE, OTHER = "739164", "402857"
MISMATCH = "Cette personne et ce code ne vont pas ensemble"


@pytest.fixture(scope="module")
def hashes() -> dict[str, str]:
    """Hash once for all: it is slow on purpose."""
    return {secret: make_password(secret) for secret in (PASSWORD, CODE, OTHER)}


@pytest.fixture
def desk(cast: Cast, hashes: dict[str, str]) -> Cast:
    """Give passwords and codes to the two who receive in Lyon, and to one elsewhere."""
    for who, code in (("mediator_lyon", CODE), ("reception_lyon", OTHER), ("mediator_lille", CODE)):
        cast[who].password = hashes[PASSWORD]
        cast[who].short_code, cast[who].short_code_set_at = hashes[code], AT
        cast[who].save()
    return cast


@pytest.fixture
def at_desk(desk: Cast, client: Client) -> Client:
    """Open the counter as the mediator, with her password."""
    client.post("/compte/ouvrir", {"login": "mediator_lyon", "password": PASSWORD})
    return client


def signed_in(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def mark(client: Client, **changes: object) -> None:
    """Change what the session remembers of the counter."""
    session = client.session
    session[counter.MARK] = session[counter.MARK] | changes
    session.save()


def leave_for(client: Client, minutes: int) -> None:
    """Let the counter stand unused for a while."""
    then = timezone.now() - timedelta(minutes=minutes)
    mark(client, opened_at=then.timestamp())
    client.cookies[counter.SEEN] = counter.seen_value(client.session.session_key, at=then)


def take(client: Client, person, code: str, **more: str):
    return client.post(
        reverse("change_person"),
        {"take": "1", "by": "code", "person_id": str(person.pk), "secret": code, **more},
    )


class Forms(HTMLParser):
    """The tags of a page with their attributes, and the fields of each form by its mark."""

    def __init__(self, page) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.forms: list[tuple[dict[str, str | None], dict[str, list[str]]]] = []
        self.feed(page.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "form":
            self.forms.append((found, {}))
        elif tag == "input" and self.forms:
            self.forms[-1][1].setdefault(str(found.get("name")), []).append(
                found.get("value") or ""
            )


def visit_form(desk: Cast) -> dict[str, str]:
    """Return what the desk's form sends for an ordinary visit of the mediator, now."""
    now = timezone.now().astimezone(ZoneInfo("Europe/Paris"))
    return {
        "act": str(uuid4()),
        "site": str(desk.sites["lyon"].pk),
        "signed_as": str(desk["mediator_lyon"].pk),
        "mediator": str(desk.memberships["mediator_lyon"].pk),
        "kind": "reception", "mode": "walk_in", "day": str(now.date()), "start": f"{now:%H:%M}",
        "requests": "1", "r0-theme": "energy-bill",
    }  # fmt: skip


def waiting(page) -> str:
    """Return what a page carries along; empty when nothing waits."""
    told = [fields["pending"][0] for _, fields in Forms(page).forms if "pending" in fields]
    return told[0] if told else ""


def way_on(page) -> str:
    """Return the address that the first form asking for a proof leads to."""
    return next(fields["next"][0] for _, fields in Forms(page).forms if "by" in fields)


def resumed(page) -> tuple[str, dict[str, str]]:
    """Return where a page sends what waited, and what."""
    form, fields = next(found for found in Forms(page).forms if "data-resume" in found[0])
    told = {name: values[0] for name, values in fields.items() if name != pending.SECRET}
    return str(form["action"]), told


def test_code_gives_the_session_to_a_colleague_of_the_place(desk, at_desk):
    before = at_desk.session.session_key

    listed = at_desk.get(reverse("change_person"))
    taken = take(at_desk, desk["reception_lyon"], OTHER)

    assert "Reception Lyon" in listed.text
    assert "Mediator Lille" not in listed.text
    assert (taken.status_code, taken["Location"]) == (302, reverse("today"))
    assert signed_in(at_desk) == str(desk["reception_lyon"].pk)
    assert at_desk.session.session_key != before
    assert at_desk.session[counter.MARK]["by_code"]
    entry = Decision.objects.get(verb="account.changed_at_counter")
    assert (entry.actor_id, entry.detail) == (desk["reception_lyon"].pk, "code")
    assert entry.structure_id == desk.structures["lyon"].pk


def test_only_the_place_mode_and_stop_follow_and_the_new_person_receives(desk, at_desk):
    session = at_desk.session
    session["carried_over"] = {
        "site": str(desk.sites["lyon"].pk),
        "mediator": str(desk.memberships["mediator_lyon"].pk),
        "second_mediator": str(desk.memberships["reception_lyon"].pk),
        "mode": "phone",
    }
    session["something_of_hers"] = "secret"
    session.save()

    take(at_desk, desk["reception_lyon"], OTHER)

    assert at_desk.session["carried_over"] == {
        "site": str(desk.sites["lyon"].pk),
        "mediator": str(desk.memberships["reception_lyon"].pk),
        "second_mediator": "",
        "mode": "phone",
    }
    assert "something_of_hers" not in at_desk.session


@pytest.mark.parametrize("who", ["reception_lyon", "mediator_lille", "director_lyon"])
def test_wrong_code_says_the_same_whoever_is_named(desk, at_desk, who):
    answer = take(at_desk, desk[who], "111999")

    assert answer.status_code == 422
    assert MISMATCH in answer.text
    assert signed_in(at_desk) == str(desk["mediator_lyon"].pk)


def test_right_code_of_someone_from_elsewhere_opens_nothing(desk, at_desk):
    take(at_desk, desk["mediator_lille"], CODE)

    assert signed_in(at_desk) == str(desk["mediator_lyon"].pk)


def test_account_that_closed_or_lost_its_role_cannot_take_the_counter(desk, at_desk):
    desk["reception_lyon"].is_active = False
    desk["reception_lyon"].save()
    take(at_desk, desk["reception_lyon"], OTHER)
    closed = signed_in(at_desk)
    desk["reception_lyon"].is_active = True
    desk["reception_lyon"].save()
    desk.memberships["reception_lyon"].ends_on = AT.date()
    desk.memberships["reception_lyon"].save()

    take(at_desk, desk["reception_lyon"], OTHER)

    assert {closed, signed_in(at_desk)} == {str(desk["mediator_lyon"].pk)}


def test_demo_account_cannot_take_a_counter_outside_the_demo(desk, at_desk):
    desk["reception_lyon"].demo_only = True
    desk["reception_lyon"].save()

    answer = take(at_desk, desk["reception_lyon"], OTHER)

    assert MISMATCH in answer.text
    assert signed_in(at_desk) == str(desk["mediator_lyon"].pk)


def test_sixth_wrong_code_asks_for_the_password_even_if_right_and_the_password_opens(desk, at_desk):
    for _ in range(5):
        take(at_desk, desk["reception_lyon"], "111999")

    refused = take(at_desk, desk["reception_lyon"], OTHER)
    still = signed_in(at_desk)
    take(at_desk, desk["reception_lyon"], PASSWORD, by="password")

    assert "Donnez le mot de passe" in refused.text
    assert still == str(desk["mediator_lyon"].pk)
    assert signed_in(at_desk) == str(desk["reception_lyon"].pk)
    assert not at_desk.session[counter.MARK]["by_code"]


def test_twenty_wrong_codes_at_a_counter_stop_every_code_there(desk, at_desk):
    people = []
    for rank in range(5):
        person = type(desk["admin"]).objects.create_user(f"desk{rank}", full_name=f"Desk {rank}")
        desk.memberships["reception_lyon"].pk = uuid4()
        desk.memberships["reception_lyon"].user = person
        desk.memberships["reception_lyon"].save(force_insert=True)
        people.append(operations.set_short_code(person, OTHER, by=person, at=AT))
    for person in people[:4]:
        for _ in range(5):
            take(at_desk, person, "111999")

    refused = take(at_desk, people[4], OTHER)

    assert "Trop d’essais" in refused.text
    assert signed_in(at_desk) == str(desk["mediator_lyon"].pk)


def test_right_codes_are_not_counted_as_tries(desk, at_desk):
    for _ in range(4):
        take(at_desk, desk["reception_lyon"], OTHER)
        take(at_desk, desk["mediator_lyon"], CODE)

    assert signed_in(at_desk) == str(desk["mediator_lyon"].pk)


def test_counter_older_than_twelve_hours_takes_passwords_only(desk, at_desk):
    mark(at_desk, password_at=(timezone.now() - timedelta(hours=12, minutes=1)).timestamp())

    take(at_desk, desk["reception_lyon"], OTHER)
    by_code = signed_in(at_desk)
    page = at_desk.get(reverse("change_person"))
    take(at_desk, desk["reception_lyon"], PASSWORD, by="password")

    assert by_code == str(desk["mediator_lyon"].pk)
    assert "plus de douze heures" in page.text
    assert signed_in(at_desk) == str(desk["reception_lyon"].pk)


def test_session_without_a_password_given_here_takes_no_code(desk, client):
    client.force_login(desk["mediator_lyon"])

    take(client, desk["reception_lyon"], OTHER)

    assert signed_in(client) == str(desk["mediator_lyon"].pk)


def test_session_by_code_opens_the_desk_and_asks_for_the_password_elsewhere(desk, at_desk):
    take(at_desk, desk["reception_lyon"], OTHER)

    codes = {name: at_desk.get(reverse(name)).status_code for name in ("today", "acts", "roles")}
    asked = at_desk.get("/compte/code-court")
    changed = at_desk.post("/compte/", {"full_name": "Autre"})

    assert codes == {"today": 200, "acts": 200, "roles": 200}
    assert (asked.status_code, changed.status_code) == (403, 403)
    assert "Votre mot de passe" in asked.text
    assert "n’a pas été fait" in changed.text
    desk["reception_lyon"].refresh_from_db()
    assert desk["reception_lyon"].full_name == "Reception Lyon"


def test_every_route_not_named_for_the_desk_is_closed_to_a_session_by_code(desk, at_desk):
    """A route added tomorrow asks for the password until somebody lists it."""
    take(at_desk, desk["reception_lyon"], OTHER)
    closed = ["my_account", "short_code", "account_change_password", "sign_out_everywhere",
              "members", "sites", "map", "switch_structure", "account_reauthenticate"]  # fmt: skip

    assert {name: at_desk.get(reverse(name)).status_code for name in closed} == dict.fromkeys(
        closed, 403
    )


def test_password_makes_a_full_session_and_leads_where_one_was_going(desk, at_desk):
    take(at_desk, desk["reception_lyon"], OTHER)
    before = at_desk.session.session_key
    asked = at_desk.get("/compte/code-court")

    wrong = at_desk.post(reverse("confirm_password"), {"secret": OTHER, "next": way_on(asked)})
    right = at_desk.post(reverse("confirm_password"), {"secret": PASSWORD, "next": way_on(asked)})

    assert wrong.status_code == 422
    assert (right.status_code, right["Location"]) == (302, "/compte/code-court")
    assert at_desk.session.session_key != before
    assert at_desk.get("/compte/code-court").status_code == 200


def test_query_says_whether_a_code_opened_the_session(desk, at_desk):
    first = opened_by_code(at_desk.get(reverse("today")).wsgi_request)
    take(at_desk, desk["reception_lyon"], OTHER)
    second = opened_by_code(at_desk.get(reverse("today")).wsgi_request)

    assert (first, second) == (False, True)


def test_session_by_code_ends_its_freedom_twelve_hours_after_the_password(desk, at_desk):
    take(at_desk, desk["reception_lyon"], OTHER)
    mark(at_desk, password_at=(timezone.now() - timedelta(hours=12, minutes=1)).timestamp())

    assert at_desk.get(reverse("today")).status_code == 403


def test_counter_left_alone_shows_only_the_lock(desk, at_desk):
    leave_for(at_desk, settings.COUNTER_LOCK_MINUTES + 1)

    page = at_desk.get(reverse("acts"))

    assert page.status_code == 423
    assert page["Cache-Control"] == "no-store"
    assert "Mediator Lyon" in page.text
    assert "Filtrer" not in page.text
    assert "nav" not in [tag for tag, _ in Forms(page).tags]


def test_counter_in_use_stays_open_and_writes_no_session(desk, at_desk):
    leave_for(at_desk, settings.COUNTER_LOCK_MINUTES - 1)
    before = at_desk.cookies[counter.SEEN].value

    page = at_desk.get(reverse("today"))
    after = at_desk.cookies[counter.SEEN].value
    at_desk.get(reverse("today"))

    assert page.status_code == 200
    assert after != before
    assert at_desk.cookies[counter.SEEN].value == after


def test_cookie_made_up_or_of_another_session_keeps_nothing_open(desk, at_desk):
    leave_for(at_desk, settings.COUNTER_LOCK_MINUTES + 1)

    codes = []
    for value in (
        "",
        f"{int(timezone.now().timestamp())}.0000",
        counter.seen_value("other", at=timezone.now()),
    ):
        at_desk.cookies[counter.SEEN] = value
        codes.append(at_desk.get(reverse("today")).status_code)

    assert codes == [423] * 3


def test_lock_of_zero_minutes_never_locks_by_itself(desk, at_desk, settings):
    settings.COUNTER_LOCK_MINUTES = 0
    leave_for(at_desk, 600)

    assert at_desk.get(reverse("today")).status_code == 200


@pytest.mark.parametrize(("by", "secret"), [("code", CODE), ("password", PASSWORD)])
def test_button_locks_and_the_same_person_unlocks(desk, at_desk, by, secret):
    at_desk.post(reverse("lock"))
    locked = at_desk.get(reverse("acts") + "?page=2")

    wrong = at_desk.post(reverse("unlock"), {"by": by, "secret": "111999"})
    right = at_desk.post(reverse("unlock"), {"by": by, "secret": secret, "next": way_on(locked)})

    assert (locked.status_code, wrong.status_code) == (423, 422)
    assert (right.status_code, right["Location"]) == (302, "/accueils?page=2")
    assert at_desk.get(reverse("today")).status_code == 200


def test_code_of_another_does_not_unlock_and_leads_nowhere_else(desk, at_desk):
    at_desk.post(reverse("lock"))

    at_desk.post(reverse("unlock"), {"by": "code", "secret": OTHER})
    away = at_desk.post(
        reverse("unlock"), {"by": "code", "secret": CODE, "next": "https://ailleurs.example/"}
    )

    assert away["Location"] == "/"


def test_locked_counter_is_taken_by_another_person(desk, at_desk):
    at_desk.post(reverse("lock"))

    take(at_desk, desk["reception_lyon"], OTHER)

    assert at_desk.get(reverse("today")).status_code == 200
    assert signed_in(at_desk) == str(desk["reception_lyon"].pk)


def test_visit_sent_while_locked_is_recorded_once_after_unlocking(desk, at_desk):
    typed = visit_form(desk)
    at_desk.post(reverse("lock"))

    locked = at_desk.post(reverse("record_visit"), typed)
    wrong = at_desk.post(
        reverse("unlock"), {"by": "code", "secret": "111999", "pending": waiting(locked)}
    )
    meanwhile = Activity.objects.count()
    right = at_desk.post(
        reverse("unlock"), {"by": "code", "secret": CODE, "pending": waiting(wrong)}
    )
    path, fields = resumed(right)
    at_desk.post(path, fields)
    at_desk.post(path, fields)

    assert (locked.status_code, meanwhile) == (423, 0)
    assert path == reverse("record_visit")
    assert fields == typed
    assert Activity.objects.count() == 1


def test_visit_typed_by_one_and_saved_by_another_asks_first(desk, at_desk):
    typed = visit_form(desk)
    at_desk.post(reverse("lock"))
    locked = at_desk.post(reverse("record_visit"), typed)

    shown = at_desk.post(reverse("change_person"), {"by": "code", "pending": waiting(locked)})
    taken = take(at_desk, desk["reception_lyon"], OTHER, pending=waiting(shown))
    path, fields = resumed(taken)
    answer = at_desk.post(path, fields)

    assert answer.status_code == 422
    assert "ouvert sous un autre compte" in answer.text
    assert Activity.objects.count() == 0


def test_form_of_another_page_is_to_be_sent_again(desk, at_desk):
    at_desk.post(reverse("lock"))

    answer = at_desk.post("/compte/", {"full_name": "Autre"})

    assert answer.status_code == 423
    assert "recommencez-le ensuite" in answer.text
    assert waiting(answer) == ""


def test_visit_sent_after_the_session_ended_is_recorded_once_after_signing_in(desk, at_desk):
    typed = visit_form(desk)
    at_desk.post("/compte/fermer")

    asked = at_desk.post(reverse("record_visit"), typed)
    wrong = at_desk.post(
        "/compte/ouvrir",
        {"login": "mediator_lyon", "password": "autre chose", "pending": waiting(asked)},
    )
    right = at_desk.post(
        "/compte/ouvrir",
        {"login": "mediator_lyon", "password": PASSWORD, "pending": waiting(wrong)},
    )
    path, fields = resumed(right)
    at_desk.post(path, fields)

    assert asked.status_code == 403
    assert "gardée dans cette page" in asked.text
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", '{"path": 3, "fields": []}', '{"path": "/compte/", "fields": [["a", "b"]]}',
        '{"path": "//ailleurs.example/aujourdhui/enregistrer", "fields": []}',
        '{"path": "https://ailleurs.example/aujourdhui/enregistrer", "fields": []}',
        '{"path": "/aujourdhui/enregistrer", "fields": [["a"]]}',
        '{"path": "/aujourdhui/enregistrer"}', '{"path": "http://[", "fields": []}',
    ],
)  # fmt: skip
def test_what_waits_is_dropped_when_it_leads_elsewhere(rf, text):
    assert pending.carried(rf.post("/compte/ouvrir", {"pending": text})) is None


def test_secret_of_the_page_and_files_never_wait(rf):
    typed = {"csrfmiddlewaretoken": "x", "act": "1", "theme": ["a", "b"]}

    kept = pending.posted(rf.post(reverse("record_visit"), typed))

    assert kept.fields == (("act", "1"), ("theme", "a"), ("theme", "b"))


def test_page_whose_secret_expired_keeps_a_visit_of_ours_only(desk):
    """Somebody signs in again in another tab: the form of the first one is not lost."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk["mediator_lyon"])
    typed = visit_form(desk) | {"csrfmiddlewaretoken": "0" * 64}
    address = reverse("record_visit")

    ours = client.post(address, typed, headers={"origin": "http://testserver"})
    unknown = client.post(address, typed)
    theirs = client.post(address, typed, headers={"origin": "https://ailleurs.example"})

    assert resumed(ours)[0] == address
    assert (unknown.status_code, theirs.status_code) == (403, 403)
    assert "data-resume" not in unknown.text + theirs.text


def test_discreet_mode_is_kept_by_the_browser_and_left_again(desk, at_desk):
    at_desk.post(reverse("discreet_mode"), {"next": "/aujourdhui"})
    hidden = Forms(at_desk.get(reverse("today"))).tags[0][1].get("class")
    at_desk.post(reverse("discreet_mode"), {"next": "/aujourdhui"})
    shown = Forms(at_desk.get(reverse("today"))).tags[0][1].get("class")

    assert (hidden, shown) == ("is-discreet", None)


@pytest.mark.parametrize("who", [*PLACES, "stranger"])
def test_name_signed_in_is_on_every_kind_of_page(cast, sign_in, who):
    client = sign_in(who)

    for address in ("/compte/", "/compte/code-court", "/nulle-part", "/compte/fermer"):
        header = client.get(address).text.split("</header>")[0]
        assert f"<strong>{cast[who]}</strong>" in header, address


def test_seen_cookie_is_closed_to_scripts(desk, at_desk):
    leave_for(at_desk, 1)

    cookie = at_desk.get(reverse("today")).cookies[counter.SEEN]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_who_may_change_the_person_of_a_counter(desk, sign_in):
    codes = {who: sign_in(who).get(reverse("change_person")).status_code for who in PLACES}

    desks = {"mediator_lyon", "mediator_lille", "reception_lyon"}
    assert codes == {who: 200 if who in desks else 403 for who in PLACES}


def test_unlocking_in_place_answers_our_script_alone(desk, at_desk):
    script = {"X-Requested-With": "fetch"}
    at_desk.post(reverse("lock"), headers=script)
    me = str(desk["mediator_lyon"].pk)

    wrong = at_desk.post(reverse("unlock"), {"who": me, "secret": "111999"}, headers=script)
    other = at_desk.post(reverse("unlock"), {"who": str(uuid4()), "secret": CODE}, headers=script)
    right = at_desk.post(reverse("unlock"), {"who": me, "secret": CODE}, headers=script)

    assert (wrong.status_code, other.status_code, right.status_code) == (422, 409, 204)
    assert MISMATCH in wrong.text
