"""Counts cut along one slice, put into words: registers, themes, public, outcomes, natures."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entremise.ground.reference.models import AgeBand, Nature, Outcome, Theme
from entremise.ground.standard.queries import registers
from entremise.insight.statistics import indicators
from entremise.insight.statistics.engine import Counts, summed
from entremise.insight.statistics.facts import Counted, Figures
from entremise.insight.statistics.tables import Line, Table
from entremise.practice.activity.enums import NOT_ASKED, UNDISCLOSED, Sex, Slice
from entremise.practice.activity.queries.slices import NO_REGISTER, UNTOLD

Links = Callable[..., str]


def no_links(*_args: Any, **_filters: Any) -> str:
    """Give no list of acts, to whom reads counts only."""
    return ""


def titles() -> tuple[str, ...]:
    """Return the names of the four counters, as heads of columns."""
    return tuple(str(indicator.title) for indicator in indicators.COUNTERS)


def four(counts: Counts) -> tuple[int, int, int, int]:
    """Return the four counters, as cells."""
    return counts.activities, counts.passages, counts.requests, counts.accompaniments


def sentence(words: str) -> str:
    """Return words with a capital first letter."""
    return words[:1].upper() + words[1:]


def share(part: int, whole: int) -> float | None:
    """Return a percentage; None of nothing."""
    return 100 * part / whole if whole else None


def untold_share(counted: Counted, counter: str) -> float | None:
    """Return the percentage of a slice that nobody told."""
    whole = sum(getattr(counts, counter) for counts in counted.values())
    return share(getattr(counted.get(UNTOLD, Counts()), counter), whole)


def by_register(found: Figures, links: Links) -> Table:
    """Return the table of registers; « aucun » last."""
    language = get_language() or "fr"
    names = {
        str(one.number): f"{one.number}. {sentence(one.name(language))}" for one in registers()
    } | {NO_REGISTER: _("aucun registre")}
    counted = found.along(Slice.REGISTER)
    lines = [
        Line(
            name,
            (
                counted[key].activities,
                share(counted[key].activities, found.total.activities),
                *four(counted[key])[1:],
            ),
            links(register=key) if key in {NO_REGISTER, "3"} else "",
        )
        for key, name in names.items()
        if key in counted
    ]
    activities, *others = titles()
    return Table(
        "registers",
        _("Par registre"),
        (_("registre"), activities, _("part (%)"), *others),
        tuple(lines),
        _("Registre principal de chaque acte ; une vague n’est dans aucun."),
    )


def by_theme(counted: Counted, links: Links) -> Table:
    """Return the table of themes: families by size, what each holds under it."""
    whole = summed(counted.values()).requests
    label = "label_en" if (get_language() or "fr").startswith("en") else "label"
    themes = {
        code: (name, parent or code)
        for code, name, parent in Theme.objects.values_list("code", label, "parent")
    }
    families: dict[str, list[str]] = {}
    for code in sorted(counted, key=lambda code: -counted[code].requests):
        families.setdefault(themes[code][1], []).append(code)
    asked = {
        family: sum(counted[code].requests for code in inside)
        for family, inside in families.items()
    }
    lines = []
    for family in sorted(families, key=lambda code: -asked[code]):
        cells = (asked[family], share(asked[family], whole), None)
        lines.append(Line(themes[family][0], cells, links(theme=family)))
        lines += [
            Line(
                _("sans précision") if code == family else themes[code][0],
                (
                    counted[code].requests,
                    share(counted[code].requests, whole),
                    counted[code].activities,
                ),
                "" if code == family else links(theme=code),
                level=2,
            )
            for code in families[family]
        ]
    return Table(
        "themes",
        _("Par motif"),
        (_("motif"), _("demandes"), _("part (%)"), _("activités")),
        tuple(lines),
        _(
            "Une visite à plusieurs motifs compte pour une activité sous chacun : la colonne "
            "« activités » ne s’additionne pas."
        ),
    )


def by_public(counted: Counted) -> Table:
    """Return the table of the people met, by age band and sex."""
    people = {key: counts.accompaniments for key, counts in counted.items()}
    whole = sum(people.values())
    bands = [(band.code, band.name) for band in AgeBand.objects.order_by("lower")]
    lines = []
    for band, name in [*bands, (UNDISCLOSED, _("non communiqué")), (NOT_ASKED, _("non demandé"))]:
        by_sex = [people.get(f"{sex}:{band}", 0) for sex in Sex.values]
        if any(by_sex):
            lines.append(Line(name, (*by_sex, sum(by_sex), share(sum(by_sex), whole))))
    if untold := people.get(UNTOLD):
        nothing = (None,) * len(Sex.values)
        lines.append(Line(_("non renseigné"), (*nothing, untold, share(untold, whole))))
    return Table(
        "publics",
        _("Public"),
        (_("âge"), *(str(label) for label in Sex.labels), _("accompagnements"), _("part (%)")),
        tuple(lines),
        _("Sexe tel que dit ou estimé ; une personne compte à chaque acte."),
    )


def by_outcome(counted: Counted, links: Links) -> Table:
    """Return the table of outcomes."""
    names = [(one.code, one.name) for one in Outcome.objects.order_by("position")]
    return _of_requests("outcomes", _("Issue des demandes"), counted, names, links)


def by_nature(counted: Counted) -> Table:
    """Return the table of what was done."""
    names = [(one.code, one.name) for one in Nature.objects.order_by("position")]
    title = _("Ce qui a été fait")
    return _of_requests("natures", title, counted, names)


def _of_requests(
    name: str,
    title: str,
    counted: Counted,
    names: list[tuple[str, str]],
    links: Links = no_links,
) -> Table:
    whole = summed(counted.values()).requests
    lines = [
        Line(
            label,
            (counted[key].requests, share(counted[key].requests, whole), counted[key].activities),
            links(outcome=key) if key else "",
        )
        for key, label in [*names, (UNTOLD, _("non renseigné"))]
        if key in counted
    ]
    return Table(
        name,
        title,
        (title, _("demandes"), _("part (%)"), _("activités")),
        tuple(lines),
        _("Chaque demande compte une fois ; la colonne « activités » ne s’additionne pas."),
    )
