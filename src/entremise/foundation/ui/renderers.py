"""The form renderer: our markup for a field and a form, and Django's plain widgets drawn quickly.

A desk shows some four hundred options sixty times a day: Django draws each from a template of its
own, which alone took a tenth of a second. The same markup is written here directly.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    start = f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
    return f"{start}{value}{_attributes(widget['attrs'])}>"


def _option(option: Mapping[str, Any]) -> str:
    attrs = _attributes(option["attrs"])
    return f'<option value="{escape(option["value"])}"{attrs}>{escape(option["label"])}</option>'


def _select(widget: Mapping[str, Any]) -> str:
    groups = []
    for name, options, _index in widget["optgroups"]:
        drawn = "".join(_option(option) for option in options)
        groups.append(f'<optgroup label="{escape(name)}">{drawn}</optgroup>' if name else drawn)
    start = f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    return f"{start}{''.join(groups)}</select>"


INPUTS = (
    "text", "number", "email", "url", "hidden", "checkbox", "date", "time", "search",
    "radio_option", "checkbox_option",
)  # fmt: skip
DRAWN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/select_option.html": _option,
    **{f"django/forms/widgets/{name}.html": _input for name in INPUTS},
}


class EntremiseRenderer(DjangoTemplates):
    """For FORM_RENDERER: `{{ form }}` and `{{ field.as_field_group }}` give our components."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """Draw the plain widgets directly, everything else from its template."""
        widget = context.get("widget", {})
        if template_name in DRAWN and not widget.get("wrap_label"):
            return mark_safe(DRAWN[template_name](widget))  # noqa: S308 -- every part is escaped
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 -- a template
