"""What the guard never misses, drawn by hypothesis: NIR, phones and IBAN however they are typed."""

import re
from itertools import pairwise

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, numdb

from entremise.foundation.guard import rules
from entremise.foundation.guard.engine import look
from entremise.foundation.guard.enums import Kind, Reason
from entremise.foundation.guard.errors import TextIdentifies

GAPS = st.sampled_from(["", " ", ".", "-", "/", "_", "\u00a0", "\u202f", " - ", ". ", "\n"])
BEFORE = st.sampled_from(["", "NIR ", "n°", "Elle a donné le ", "(", "Sécu:", "\u202a"])
AFTER = st.sampled_from(["", ".", ")", " et repart", ", à revoir", " 3 enfants", "\u202c"])
MONTHS = [*range(1, 13), 20, *range(31, 43), *range(50, 100)]
LETTERS = {"n": "0123456789", "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
LETTERS["c"] = LETTERS["n"] + LETTERS["a"]
COUNTRIES = ["FR", "MC", "BE", "DE", "ES", "IT", "PT", "GB", "NL", "LU", "CH", "PL", "RO", "MT"]
COUNTRIES += ["LT", "IE", "TN", "TR", "GR", "SE", "HR", "BG", "CZ", "HU", "AT", "DK", "FI", "NO"]


@st.composite
def nirs(draw) -> str:
    """A NIR cut anywhere; its key is any two digits, or absent."""
    key = f"{draw(st.integers(0, 99)):02}" if draw(st.booleans()) else ""
    digits = (
        f"{draw(st.sampled_from('123478'))}{draw(st.integers(0, 99)):02}"
        f"{draw(st.sampled_from(MONTHS)):02}"
        f"{draw(st.sampled_from(['2A', '2B', '2a', *(f'{n:02}' for n in range(1, 100))]))}"
        f"{draw(st.integers(0, 999999)):06}{key}"
    )
    gaps = draw(st.lists(GAPS, min_size=len(digits), max_size=len(digits)))
    return "".join(f"{gap}{sign}" for gap, sign in zip(["", *gaps[1:]], digits, strict=True))


@st.composite
def phones(draw) -> str:
    """A valid French number, in pairs or compact, national or international."""
    number = draw(
        st.from_regex(r"[1-9][0-9]{8}", fullmatch=True).filter(
            lambda digits: phonenumbers.is_valid_number(phonenumbers.parse(f"+33{digits}"))
        )
    )
    pairs = [number[0], *(number[at : at + 2] for at in range(1, 9, 2))]
    one = draw(GAPS)
    mixed = draw(st.lists(st.sampled_from([" ", ".", "/", "\u00a0"]), min_size=5, max_size=5))
    gaps = draw(st.sampled_from([[one] * 5, mixed]))
    start = draw(st.sampled_from(["0", "+33", "0033", "+33(0)", "+33 (0)", "00 33"]))
    if start != "0":
        start += gaps[4]
    return start + "".join(f"{pair}{gap}" for pair, gap in zip(pairs, [*gaps[:4], ""], strict=True))


@st.composite
def ibans(draw) -> str:
    """An IBAN with its right key, grouped as a person or a bank writes it."""
    country = draw(st.sampled_from(COUNTRIES))
    bban = numdb.get("iban").info(country)[0][1]["bban"]
    account = "".join(
        draw(st.text(LETTERS[kind], min_size=int(size), max_size=int(size)))
        for size, kind in re.findall(r"(\d+)!([nac])", bban)
    )
    number = country + iban.calc_check_digits(f"{country}00{account}") + account
    gap = draw(st.sampled_from(["", " ", "-", ".", "\u00a0"]))
    grouped = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    return draw(st.sampled_from([grouped, grouped.lower()]))


@given(nir=nirs(), before=BEFORE, after=AFTER)
@settings(deadline=None)
def test_nir_typed_anyhow_is_refused_even_with_a_reason(nir, before, after):
    with pytest.raises(TextIdentifies) as refusal:
        rules.check(f"{before}{nir}{after}", reason=Reason.WORD)

    assert Kind.NIR in {finding.kind for finding in refusal.value.findings}


@given(phone=phones(), before=BEFORE, after=AFTER)
@settings(deadline=None)
def test_phone_in_any_spacing_is_seen(phone, before, after):
    assert Kind.PHONE in {finding.kind for finding in look(f"{before}{phone}{after}")}


@given(account=ibans(), before=BEFORE, after=AFTER)
@settings(deadline=None)
def test_iban_of_any_country_is_seen(account, before, after):
    assert Kind.IBAN in {finding.kind for finding in look(f"{before}{account}{after}")}


@given(
    name=st.from_regex(r"[a-z][a-z0-9._+\-]{0,20}[a-z0-9]", fullmatch=True),
    domain=st.from_regex(
        r"[a-z][a-z0-9]{0,15}(-[a-z0-9]{1,5})?\.(fr|com|org|info)", fullmatch=True
    ),
    at=st.sampled_from(["@", " @", "@ ", " @ ", " arobase ", "(at)", " [at] "]),
    before=BEFORE,
    after=AFTER,
)
@settings(deadline=None)
def test_email_is_seen_whatever_its_at_sign(name, domain, at, before, after):
    assert Kind.EMAIL in {finding.kind for finding in look(f"{before}{name}{at}{domain}{after}")}


@given(text=st.one_of(st.text(max_size=300), st.text("0123456789 .-/+@:aàbéMm’«»\n", max_size=300)))
@settings(deadline=None)
def test_any_text_can_be_looked_at(text):
    findings = look(text)

    places = [(finding.start, finding.end) for finding in findings]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
