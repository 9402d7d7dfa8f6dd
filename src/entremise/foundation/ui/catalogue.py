"""The catalogue of messages: read from code and templates, compared and compiled, by Babel alone.

French is the source: a message is its French sentence. No gettext binary is needed.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")


def extracted(package: Path) -> Catalog:
    """Return every message of the package's modules and templates, with the files it is in."""
    found = Catalog(locale="en")
    for file in sorted(package.rglob("*")):
        kind = file.suffix
        if kind == ".py":
            source = file.read_text(encoding="utf-8")
        elif kind in {".html", ".txt"} and "templates" in file.parts:
            source = _as_python(file)
        else:
            continue
        place = file.relative_to(package.parent).as_posix()
        for _line, texts, _comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            found.add(texts, locations=[(place, 1)], context=context)
    return found


def _as_python(template: Path) -> str:
    """Return a template as calls of gettext, one logical line each, for the extractor of Python."""
    calls = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return "\n".join(line.strip() for line in calls.splitlines())


def read(path: Path) -> Catalog:
    """Return the catalogue kept at a path, empty when there is none yet."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def updated(source: Catalog, kept: Catalog) -> Catalog:
    """Return the messages of the source with the translations kept; the obsolete ones leave."""
    catalog = Catalog(locale="en")
    for message in _messages(source):
        known = kept.get(message.id, message.context)
        same_shape = known is not None and known.pluralizable == message.pluralizable
        catalog.add(
            message.id,
            known.string if known and same_shape else None,
            locations=sorted(set(message.locations)),
            flags=known.flags & {"fuzzy"} if known else (),
            context=message.context,
        )
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalogue sorted, with its files and no line numbers, so that diffs are short."""
    body = BytesIO()
    write_po(
        body, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False,
        ignore_obsolete=True,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER.encode() + body.getvalue())


def compile_to(catalog: Catalog, path: Path) -> None:
    """Write the compiled catalogue beside its source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def french_plurals(source: Catalog) -> Catalog:
    """Return the French plurals as their own translation: zero is singular in French."""
    catalog = Catalog(locale="fr")
    for message in _messages(source):
        if message.pluralizable:
            catalog.add(message.id, message.id, context=message.context)
    return catalog


def problems(source: Catalog, kept: Catalog) -> Iterator[str]:
    """Yield one sentence for each message missing, superfluous, untranslated or badly filled."""
    for message in _messages(kept):
        if source.get(message.id, message.context) is None:
            yield f"no longer used: {_shown(message)}"
    for message in _messages(source):
        known = kept.get(message.id, message.context)
        if known is None:
            yield f"missing from the catalogue: {_shown(message)}"
        elif known.fuzzy:
            yield f"fuzzy: {_shown(message)}"
        elif not all(forms(known.string)):
            yield f"without translation: {_shown(message)}"
        elif not _same_placeholders(message, known):
            yield f"other placeholders: {_shown(message)}"


def forms(text: Any) -> tuple[str, ...]:
    """Return the forms of a message or of its translation: one, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _shown(message: Message) -> str:
    files = ", ".join(sorted({place for place, _line in message.locations}))
    return f"{forms(message.id)[0]!r} ({files})"


def _same_placeholders(message: Message, known: Message) -> bool:
    """True when the last form takes what French takes; a singular may leave the number out."""
    wanted = [_placeholders(form) for form in forms(message.id)]
    told = [_placeholders(form) for form in forms(known.string)]
    return told[-1] == wanted[-1] and told[0] <= wanted[0] | wanted[-1]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))
