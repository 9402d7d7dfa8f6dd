"""The tally sheet of an outage: printed in advance, typed in afterwards."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import reads, writes
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.models import Site
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.errors import ActDiffers, IdentifierTaken, MediatorNotThere
from entremise.practice.activity.forms import sheets as sheet_forms
from entremise.practice.activity.forms.sheets import SheetForm, sheet_form
from entremise.practice.activity.operations.sheets import record_sheet
from entremise.practice.activity.queries import day as days
from entremise.practice.activity.views import entering


@reads(May.RECORD)
def tally_sheet(request: HttpRequest) -> HttpResponse:
    """Show the sheet to print: one page for a site, dated or left to be dated by hand."""
    sites, site = entering.desk_places(actor_of(request), request.GET.get("site", ""))
    day = _day_of(request.GET.get("day", ""))
    context = {
        "sites": sites,
        "site": site,
        "day": day,
        "columns": sheet_forms.columns_of(sheet_forms.hours_of(site)),
        "themes": sheet_forms.usual_themes(site, days.local_day(site, timezone.now())),
        "blank_rows": range(sheet_forms.BLANK_ROWS),
    }
    return render(request, "activity/sheet.html", context)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@writes(May.RECORD)
def enter_sheet(request: HttpRequest) -> HttpResponse:
    """Take a sheet in: the table, then what it amounts to, then one act a visit, all or none."""
    actor, now = actor_of(request), timezone.now()
    posted = request.POST if request.method == "POST" else None
    sites, site = entering.desk_places(actor, (posted or request.GET).get("site", ""))
    signed = entering.signed_again(posted, site, actor) if posted is not None else None
    form = sheet_form(site, actor, at=now, posted=signed or posted)
    context = {"form": form, "sites": sites, "site": site}
    if posted is None or "add_row" in posted:
        return render(request, "activity/sheet_entry.html", context)
    if signed:
        form.add_error(None, entering.another_account_sentence())
    holds = form.is_valid()
    if signed or not holds or "mend" in posted:
        status = 200 if holds and not signed else 422
        return render(request, "activity/sheet_entry.html", context, status=status)
    if "confirm" not in posted:
        return render(request, "activity/sheet_entry.html", context | {"confirming": True})
    try:
        added = record_sheet(form.visits(), sheet=form.cleaned_data["act"], by=actor.user, at=now)
    except (ActDiffers, IdentifierTaken):
        entering.with_fresh_identifier(
            form,
            _(
                "Cette feuille a déjà été enregistrée avec d’autres nombres, qui restent tels"
                " quels. Corrigez les accueils un à un, ou enregistrez ce qui suit comme une"
                " nouvelle feuille."
            ),
        )
        return render(request, "activity/sheet_entry.html", context, status=409)
    except MediatorNotThere as refusal:
        form.add_error(None, str(refusal))
        return render(request, "activity/sheet_entry.html", context, status=422)
    return _announced(request, site, form, len(added))


def _announced(request: HttpRequest, site: Site, form: SheetForm, count: int) -> HttpResponse:
    if count:
        told = ngettext(
            "%(count)d accueil enregistré, marqué « saisi après coup ».",
            "%(count)d accueils enregistrés, marqués « saisis après coup ».",
            count,
        )
        announce(request, told % {"count": count})
    else:
        announce(
            request, _("Cette feuille était déjà enregistrée : rien n’a été compté deux fois.")
        )
    day = form.cleaned_data["day"].isoformat()
    told_day = {"period": "dates", "since": day, "until": day, "site": str(site.pk)}
    return redirect(f"{reverse('acts')}?{urlencode(told_day)}")
