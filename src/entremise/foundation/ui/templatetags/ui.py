"""The components as template tags, `{% load ui %}`; shapes are in `templates/ui/components`."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from entremise.foundation.ui import charts, formats

register = template.Library()

STATUS_ICONS = {"ok": "check", "warn": "alert-triangle", "bad": "x", "none": "minus"}
NOTICE_ICONS = {**STATUS_ICONS, "info": "info-circle"}
TOAST_KINDS = {"success": "ok", "warning": "warn", "error": "bad"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a Tabler icon of the sprite; without a label it is hidden from screen readers."""
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="i" {} focusable="false"><use href="{}#{}"></use></svg>',
        mark_safe(said),  # noqa: S308 -- escaped just above
        static("entremise/icons.svg"),
        name,
    )


@register.simple_tag
def status(kind: str, word: str, icon_name: str = "") -> SafeString:
    """Say a status with mark, word and colour; kind is ok, warn, bad or none."""
    return format_html(
        '<span class="status {}">{} {}</span>', kind, icon(icon_name or STATUS_ICONS[kind]), word
    )


@register.simple_tag
def mark(kind: str, word: str) -> SafeString:
    """Say a status where only its mark fits, in a matrix; the word is for screen readers."""
    return format_html('{}<span class="visually-hidden">{}</span>', icon(STATUS_ICONS[kind]), word)


@register.simple_block_tag
def panel(content: str, title: str, aside: str = "", tone: str = "", name: str = "") -> SafeString:
    """Frame a part of the page under its title; tone is sand, mist or blush; name makes its id."""
    context = {"content": content, "title": title, "aside": aside, "tone": tone, "name": name}
    return render_to_string("ui/components/panel.html", context)


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    """Say something that concerns the whole page; kind is info, ok, warn, bad or none."""
    return format_html(
        '<div class="notice {}">{}<div>{}</div></div>', kind, icon(NOTICE_ICONS[kind]), content
    )


@register.simple_block_tag
def table(content: str, caption: str, cards: bool = False) -> SafeString:
    """Hold a table that scrolls by itself; with cards, rows of `td data-label` stack on phones."""
    context = {"content": content, "caption": caption, "cards": cards}
    return render_to_string("ui/components/table.html", context)


@register.inclusion_tag("ui/components/figure.html")
def figure(
    label: str, value: Any, *, trend: str = "", unit: str = "", url: str = "", panel: bool = False
) -> dict[str, Any]:
    """Show one count with what it counts; numbers are grouped by thousands."""
    shown = formats.grouped(value) if isinstance(value, int) else value
    return {
        "label": label,
        "value": shown,
        "trend": trend,
        "unit": unit,
        "url": url,
        "panel": panel,
    }


@register.inclusion_tag("ui/components/empty.html")
def empty(
    title: str,
    text: str,
    *,
    icon_name: str = "search",
    action_url: str = "",
    action_label: str = "",
) -> dict[str, str]:
    """Say that there is nothing, why, and what to do next."""
    return {
        "title": title,
        "text": text,
        "icon_name": icon_name,
        "action_url": action_url,
        "action_label": action_label,
    }


@register.inclusion_tag("ui/components/facts.html")
def facts(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """List (term, value) pairs; an empty value is shown as a dash."""
    return {"pairs": pairs}


@register.inclusion_tag("ui/components/bars.html")
def bars(
    points: Sequence[tuple[str, float]], label: str, head: str, unit: str, current: str = ""
) -> dict[str, Any]:
    """Draw one bar for each (label, value), with its table twin (columns `head` and `unit`)."""
    return {
        "bars": charts.bars_of(points, current),
        "view_box": charts.view_box(len(points)),
        "ground": charts.GROUND,
        "label": label,
        "head": head,
        "unit": unit,
    }


@register.inclusion_tag("ui/components/shares.html")
def shares(rows: Sequence[tuple[str, float]], label: str, head: str, unit: str) -> dict[str, Any]:
    """Draw (label, percentage) rows as a table whose bars repeat the figures."""
    top = max((value for _, value in rows), default=0) or 1
    drawn = [(name, value, f"{value / top * 100:.1f}") for name, value in rows]
    return {"rows": drawn, "label": label, "head": head, "unit": unit}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Any, param: str = "page") -> dict[str, Any]:
    """Lead to the other pages of a Django Page, keeping the rest of the query string."""
    query = context["request"].GET.copy()
    paginator = page_obj.paginator

    def url(number: int) -> str:
        query[param] = str(number)
        return f"?{query.urlencode()}"

    numbers = paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page": page_obj,
        "links": [(n, url(n) if isinstance(n, int) else "") for n in numbers],
        "previous": url(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": url(page_obj.next_page_number()) if page_obj.has_next() else "",
    }


@register.inclusion_tag("ui/components/toast.html", takes_context=True)
def toast(context: Context, text: str, kind: str = "ok", undo_url: str = "") -> dict[str, Any]:
    """Say what was just done, with a button that undoes it; kind is ok, warn or bad."""
    csrf_token = context.get("csrf_token")
    return {
        "text": text,
        "kind": kind,
        "icon_name": STATUS_ICONS[kind],
        "undo_url": undo_url,
        "csrf_token": csrf_token,
    }


@register.inclusion_tag("ui/components/confirm_button.html", takes_context=True)
def confirm_button(
    context: Context,
    url: str,
    label: str,
    question: str,
    *,
    consequence: str = "",
    tone: str = "outline-danger",
    icon_name: str = "",
) -> dict[str, Any]:
    """Post to `url` after a yes to `question`; the yes button repeats the label."""
    return {
        "url": url,
        "label": label,
        "question": question,
        "consequence": consequence,
        "tone": tone,
        "icon_name": icon_name,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/components/map.html")
def map_of(
    points: str, label: str, *, outlines: str = "", tiles: str = "", attribution: str = ""
) -> dict[str, str]:
    """Hold a map of the points served at the URL `points`; the page loads map.css and map.js."""
    return {
        "points": points,
        "label": label,
        "outlines": outlines,
        "tiles": tiles,
        "attribution": attribution,
    }


@register.filter
def toast_kind(level_tag: str) -> str:
    """Give the kind of toast of a Django message level."""
    return TOAST_KINDS.get(level_tag, "ok")


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Group a number by thousands."""
    return formats.grouped(value, decimals)


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """Write a day in full."""
    return formats.long_day(value) if value else ""


@register.filter(expects_localtime=True)
def short_day(value: date | None) -> str:
    """Write a day in short."""
    return formats.short_day(value) if value else ""


@register.filter(expects_localtime=True)
def clock(value: datetime | time | None) -> str:
    """Write a time of day."""
    return formats.clock(value) if value else ""


@register.filter
def duration(minutes: int | None) -> str:
    """Write a length given in minutes."""
    return formats.duration(minutes) if minutes is not None else ""
