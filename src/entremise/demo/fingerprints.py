"""The fingerprints of many contents at once, equal byte for byte to the engine's one at a time."""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256

import polars as pl

from entremise.demo import trade
from entremise.demo.tables import Drawn
from entremise.practice.activity.engine import (
    APART,
    TOLD_SINCE,
    ActContent,
    ParticipantContent,
    RequestContent,
)

# Columns that the demo leaves empty, as the engine writes them.
ALWAYS = {"local_tag": "null", "qpv": "null", "secondary_registers": "[]"}
PRESENCES = {
    literal: "[" + ", ".join(f'"{code}"' for code in literal.strip("{}").split(",") if code) + "]"
    for literal in trade.PRESENCES
}


def fingerprints(drawn: Drawn) -> list[str]:
    """Return the SHA-256 of each version's content in hexadecimal, in the order of the acts."""
    acts = drawn.acts.with_row_index("row").with_columns(
        pl.col("row").cast(pl.Int64),
        pl.col("presence").replace_strict(PRESENCES, return_dtype=pl.String),
    )
    for name, kind, content in (
        ("requests", RequestContent, drawn.requests),
        ("participants", ParticipantContent, drawn.participants),
    ):
        texts = content.select("row", _object(kind, content.schema).alias(name))
        lists = texts.group_by("row").agg(pl.col(name).str.join(", "))
        acts = acts.join(lists, on="row", how="left", maintain_order="left").with_columns(
            pl.format("[{}]", pl.col(name).fill_null(""))
        )
    written = {"presence", "requests", "participants"}
    contents = acts.select(_object(ActContent, acts.schema, written=written)).to_series()
    return [sha256(content.encode()).hexdigest() for content in contents.to_list()]


def _object(
    content: type,
    schema: Mapping[str, pl.DataType],
    *,
    written: frozenset[str] | set[str] = frozenset(),
) -> pl.Expr:
    """Return a JSON object with sorted keys; columns in `written` are JSON already."""
    parts: list[pl.Expr] = []
    told = {field.name for field in fields(content)} - APART - TOLD_SINCE.keys()
    for rank, name in enumerate(sorted(told)):
        parts.append(pl.lit(f'{", " if rank else "{"}"{name}": '))
        parts.append(_value(name, schema, name in written))
    return pl.concat_str([*parts, pl.lit("}")])


def _value(name: str, schema: Mapping[str, pl.DataType], is_written: bool) -> pl.Expr:
    if name in ALWAYS:
        return pl.lit(ALWAYS[name])
    if is_written:
        return pl.col(name)
    text = pl.col(name).cast(pl.String)
    if not schema[name].is_integer():
        text = pl.concat_str([pl.lit('"'), text, pl.lit('"')])
    return text.fill_null("null")
