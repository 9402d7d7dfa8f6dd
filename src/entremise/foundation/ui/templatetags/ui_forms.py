"""The components of forms as template tags: `{% load ui_forms %}`."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, widgets
from django.utils.safestring import SafeString

register = template.Library()

PLAIN = (widgets.Input, widgets.Textarea)
CHOICES = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def _style_of(widget: widgets.Widget) -> str:
    if isinstance(widget, widgets.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, widgets.Select):
        return "form-select"
    return "form-control" if isinstance(widget, PLAIN) else ""


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Draw the input alone, with our class beside its own."""
    own = field.field.widget.attrs.get("class", "")
    style = f"{own} {_style_of(field.field.widget)}".strip()
    return field.as_widget(attrs={"class": style} if style else None)


@register.filter
def is_choice(field: BoundField) -> bool:
    """Tell radios and checkbox lists, drawn as chips, from the other fields."""
    return isinstance(field.field.widget, CHOICES)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Tell the single checkbox, whose label comes after it."""
    return isinstance(field.field.widget, widgets.CheckboxInput)


@register.filter
def is_pick(field: BoundField) -> bool:
    """Tell the filters sent as soon as they change: a list or a checkbox, not what is typed."""
    return isinstance(field.field.widget, (widgets.Select, widgets.CheckboxInput))


@register.filter
def is_set(field: BoundField) -> bool:
    """Tell a filter that narrows the list."""
    return field.value() not in (None, "", [], False)


@register.filter
def first_id(field: BoundField) -> str:
    """Give the id of the field's first input, where an error leads."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def described_by(field: BoundField) -> str:
    """List the ids of the help and the errors, for a group of inputs."""
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    return " ".join([*ids, f"{field.auto_id}_error"] if field.errors else ids)


@register.inclusion_tag("ui/form/chips.html")
def chips(field: BoundField, hint: str = "", keys: bool = False, label: str = "") -> dict[str, Any]:
    """Draw radios or checkboxes as chips; with keys, 1 to 9 choose the first ones."""
    drawn = []
    for rank, option in enumerate(field.subwidgets, start=1):
        key = str(rank) if keys and rank <= 9 else ""
        attrs = {**option.data["attrs"], "class": "visually-hidden"}
        option.data["attrs"] = {**attrs, "data-key": key} if key else attrs
        drawn.append((option, key))
    return {
        "field": field,
        "options": drawn,
        "hint": hint,
        "keys": keys,
        "label": label or field.label,
    }


@register.inclusion_tag("ui/form/stepper.html")
def stepper(field: BoundField, hint: str = "") -> dict[str, Any]:
    """Draw a number field with a big − and a big +."""
    return {"field": field, "hint": hint}


@register.inclusion_tag("ui/form/error_summary.html")
def error_summary(form: BaseForm, takes_focus: bool = True) -> dict[str, Any]:
    """Say at the top of a refused form what to mend, each line leading to its field."""
    return {"form": form, "takes_focus": takes_focus}


@register.inclusion_tag("ui/components/filters.html")
def filters(form: BaseForm, label: str) -> dict[str, Any]:
    """Draw a GET form as a bar of filters kept in the URL."""
    any_set = any(is_set(field) for field in form.visible_fields())
    return {"form": form, "label": label, "any_set": any_set}
