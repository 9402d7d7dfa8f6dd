"""Turn drawn acts into the lines that COPY reads: the tables' columns, in the text format."""

from collections.abc import Mapping
from io import BytesIO

import polars as pl

from entremise.demo import chance
from entremise.demo.fingerprints import fingerprints
from entremise.demo.tables import Drawn
from entremise.practice.activity.enums import Entry

# Columns of the tables, by the name that the draw gives them.
SAME = {
    name: name
    for name in (
        "id", "act", "version", "supervised", "kind", "mode", "day", "quarter", "minutes",
        "origin", "place_kind", "basis", "presence", "first_visit", "commune_answer",
        "qpv_answer", "autonomy", "mandate", "mandate_until", "main_register", "passage_count",
        "request_count", "accompaniment_count", "recorded_on", "superseded_on", "closing",
        "fingerprint", "qpv_id", "secondary_registers", "carrier_kind", "carrier_id",
        "recorded_at", "superseded_at", "motive", "entry", "gathered_count", "until_quarter",
        "reviewed_on", "coarsened_on", "batch_id",
    )
}  # fmt: skip
ACTIVITY = SAME | {
    f"{name}_id": name
    for name in (
        "structure", "site", "mediator", "second_mediator", "stop", "place_commune", "commune",
        "recorded_by", "superseded_by",
    )
}  # fmt: skip
REQUEST = {
    "id": "id", "activity_id": "activity", "structure_id": "structure", "position": "position",
    "theme_id": "theme", "operator_id": "operator", "nature_id": "nature",
    "outcome_id": "outcome", "frame": "frame", "explanation": "explanation",
    "minutes": "minutes", "local_tag_id": "local_tag",
}  # fmt: skip
PARTICIPANTS = {
    "id": "id", "activity_id": "activity", "structure_id": "structure", "sex": "sex",
    "band": "band", "people_count": "count",
}  # fmt: skip
TABLES: Mapping[str, Mapping[str, str]] = {
    "activity_activity": ACTIVITY,
    "activity_request": REQUEST,
    "activity_participants": PARTICIPANTS,
}
INSTANT = "%Y-%m-%d %H:%M:%S+00"


def lines_of(drawn: Drawn, seed: int, rank: int) -> dict[str, bytes]:
    """Return the lines of each table for one site; identifiers below the act come from the seed."""
    rng = chance.generator(seed, 5, rank)
    acts = drawn.acts.with_columns(
        pl.Series("fingerprint", fingerprints(drawn), dtype=pl.String),
        pl.lit(None).alias("qpv_id"),
        pl.lit("{}").alias("secondary_registers"),
        pl.lit("").alias("carrier_kind"),
        pl.lit(None).alias("carrier_id"),
        pl.lit("").alias("motive"),
        pl.lit(Entry.DIRECT.value).alias("entry"),
        pl.lit(None).alias("gathered_count"),
        pl.lit(None).alias("until_quarter"),
        pl.lit(None).alias("coarsened_on"),
        pl.lit(None).alias("batch_id"),
    ).with_columns(
        pl.concat_str(pl.lit(r"\\x"), "fingerprint").alias("fingerprint"),
        pl.col("recorded_at", "superseded_at").dt.strftime(INSTANT),
    )
    requests = _below(drawn.requests, acts, chance.random_bytes(rng, drawn.requests.height))
    participants = _below(
        drawn.participants, acts, chance.random_bytes(rng, drawn.participants.height)
    )
    return {
        "activity_activity": _lines(acts, ACTIVITY),
        "activity_request": _lines(requests.with_columns(local_tag=pl.lit(None)), REQUEST),
        "activity_participants": _lines(participants, PARTICIPANTS),
    }


def _below(content: pl.DataFrame, acts: pl.DataFrame, identifiers: chance.Bytes) -> pl.DataFrame:
    """Name the act and structure of each row; within an act, identifiers grow with the rows."""
    row = content["row"]
    ordered = chance.in_groups(identifiers, row.to_numpy())
    return content.with_columns(
        chance.as_text(ordered).alias("id"),
        acts["id"].gather(row).alias("activity"),
        acts["structure"].gather(row).alias("structure"),
    )


def _lines(frame: pl.DataFrame, columns: Mapping[str, str]) -> bytes:
    buffer = BytesIO()
    frame.select(columns.values()).write_csv(
        buffer, include_header=False, separator="\t", quote_style="never", null_value=r"\N"
    )
    return buffer.getvalue()
