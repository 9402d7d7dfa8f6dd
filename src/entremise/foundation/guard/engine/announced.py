"""What a word announces: a password, a date of birth, the number of a file."""

import re
from collections.abc import Iterator

from entremise.foundation.guard.engine.flat import is_near
from entremise.foundation.guard.engine.lexicon import STATES, is_common
from entremise.foundation.guard.engine.mail import Seen
from entremise.foundation.guard.enums import Kind

_ACCESS_WORD = (
    r"\b(?:mots? de passes?|mdp|mpd|pwd|passwords?|code (?:secret|confidentiel|pin|puk|personnel|"
    r"d'acces|acces|sms|recu|otp|carte|cb|wifi|aidants?|provisoire|temporaire|a usage unique|"
    r"d'entree|de (?:connexion|validation|verification|securite|confirmation|carte|(?:la|sa) carte)"
    r")|pin|digicode|identifiants?|login|user(?:name)?|nom d'utilisateur|cle wifi)\b"
)
# What may stand between the word and its value when no sign links them.
_BETWEEN = (
    r"(?:[ ']+(?:de|du|la|le|l|d|son|sa|pour|compte|espace|site|par|sms|mail|numero|n°|no|caf|"
    r"ameli|cpam|impots?|fiscal|france|connect|franceconnect|travail|pole|emploi|edf|engie|gmail|wifi|"
    r"poste|numerique|aidants?|recu|personnel|provisoire|telephone|boite|assurance|retraite|msa|"
    r"carsat|carte|bancaire|bleue|est|c|vitale|connexion|usager|mes|mon))"
)
_LINK = r"[ ]*(?:[:=]|[-=]+>|→|\b(?:est|c'est|serait)\b)+[ :]*"
_LINKED = re.compile(rf"{_ACCESS_WORD}((?:[ ']+[a-z]+){{0,5}}?)({_LINK})[\"'(]?([^\s\0\"]{{2,60}})")
_FOLLOWED = re.compile(rf"{_ACCESS_WORD}{_BETWEEN}{{0,4}}[ ]*[\"'(,]?[ ]*([^\s\0\"(]{{3,60}})")
_QUOTED = re.compile(rf"{_ACCESS_WORD}{_BETWEEN}{{0,4}}[ ]*\"[ ]*([^\"\0]{{3,40}}?)[ ]*\"")
_REVERSED = re.compile(
    rf"(?<!\S)(?=\S*\d)([^\s\0]{{2,40}}) (?:est|c'est|comme)(?: (?:le|son|sa|ce|mon|un))?"
    rf" {_ACCESS_WORD}"
)
_STRONG = re.compile(r"(?<!\S)(?=\S*[a-z])(?=\S*\d)(?=\S*[!#$%&*?+=_@])[^\s\0/:]{8,40}(?!\S)")
_HARMLESS_VALUE = re.compile(r"\d{1,2}(?:h\d{0,2}|[/.]\d.*|er|e|eme|%|€)?$|(?:19|20)\d\d$")


def credentials(flat: str) -> Iterator[Seen]:
    """Yield the values given after a word for a password, a code or an account name."""
    for match in _LINKED.finditer(flat):
        if _is_secret(match.group(3), flat[match.end() :], said=match.group(2)):
            yield Kind.CREDENTIALS, *match.span(3)
    for match in _QUOTED.finditer(flat):
        yield Kind.CREDENTIALS, *match.span(1)
    for match in _FOLLOWED.finditer(flat):
        value = match.group(1).rstrip(".,;!?)")
        is_numbered = any(sign.isdigit() for sign in value) and len(value) > 2
        ends_here = not flat[match.end() :].strip() or match.group(1)[-1] in ".,;)"
        is_odd = value.isalnum() and ends_here and len(value) > 3 and not is_common(value)
        if (is_numbered and not _HARMLESS_VALUE.match(value)) or is_odd:
            yield Kind.CREDENTIALS, *match.span(1)
    for match in _REVERSED.finditer(flat):
        if not _HARMLESS_VALUE.match(match.group(1)):
            yield Kind.CREDENTIALS, *match.span(1)
    for match in _STRONG.finditer(flat):
        if not re.match(r"\d{1,2}h", match.group()) and "@" not in match.group()[1:-1]:
            yield Kind.CREDENTIALS, *match.span()


def _is_secret(raw: str, after: str, *, said: str) -> bool:
    """Tell a value from a sentence that goes on (« mot de passe : oublié, à refaire »)."""
    value = raw.rstrip(".,;!?)")
    if value in STATES or _HARMLESS_VALUE.match(value) or len(value) < 3:
        return value.isdigit() and len(value) > 2
    if any(not sign.isalpha() and sign not in "'-" for sign in value):
        return True
    goes_on = bool(after.strip()) and raw == value
    if "est" in said or "serait" in said or goes_on:
        return not is_common(value)
    return True


_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_NAMED_MONTH = (
    r"(?:janv(?:ier)?|fev(?:rier|r)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|"
    r"oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\.?"
)
_DATE = (
    rf"(?:{_DAY} ?[/.\- ] ?{_MONTH} ?[/.\- ] ?(?:(?:19|20)?\d\d)(?!\d)"
    rf"|(?:19|20)\d\d-{_MONTH}-{_DAY}(?!\d)"
    rf"|{_DAY}(?:er)? {_NAMED_MONTH}(?: (?:19|20)?\d\d(?!\d))?"
    rf"|{_NAMED_MONTH} (?:19|20)\d\d|(?<!\d){_DAY}(?:0\d|1[0-2])(?:19|20)\d\d(?!\d))"
)
_BORN = (
    r"(?:\bn[e]e?s?(?:\(e?s?\)|\.e|·e|-e)?(?: (?:a|au|en) [a-z' \-]{2,25}?)?(?:,? ?(?:le|:|vers le|"
    r"vers|en|un))?"
    r"|(?:\b(?:date|jour|lieu) de nais\w*|\bnaissance|\bd\.?d\.?n\b\.?|\bdob\b|\bd\. ?n\.|"
    r"\bnati(?:f|ve) du|\banniversaire|\bses \d+ ans)"
    r"(?: ?(?:est|le|:|=|-|du|,|\(|(?:de l'|de la |de |du )(?:enfant|usagere?|personne|monsieur|"
    r"madame|fils|fille))){0,3})"
)
_BIRTH = re.compile(rf"{_BORN} ?({_DATE})")
_BIRTH_AFTER = re.compile(
    rf"(?<!\d)({_DATE}) ?[(,:\-]? ?(?:ddn\b|date de naissance|= naissance|\(?naissance)"
)
_OLD = re.compile(
    rf"(?<![\d/.\-])(?:{_DAY}[/.\-]{_MONTH}[/.\-]|{_DAY}(?:er)? {_NAMED_MONTH} )"
    r"(?:19\d\d|200\d)(?![\d/])"
)
_OTHER_OLD = re.compile(
    r"\b(?:loi|decret|arrete|ordonnance|circulaire|convention|decision|depuis|contrat|bail|"
    r"embauche|construit|mari[ea]|divorce|jugement|arrive|entree?|deces|decede|creee?|ouvert)"
)


def birth_dates(flat: str) -> Iterator[Seen]:
    """Yield dates said to be of birth, and full dates too old to be an appointment."""
    for pattern in (_BIRTH, _BIRTH_AFTER):
        for match in pattern.finditer(flat):
            yield Kind.BIRTH_DATE, *match.span(1)
    for match in _OLD.finditer(flat):
        if not is_near(flat, _OTHER_OLD, match.start(), within=30):
            yield Kind.BIRTH_DATE, *match.span()


_FILE = re.compile(
    r"\b(?:caf|allocataire|alloc|matricule|dossier|msa|fiscal|spi|etranger|agdref|france travail|"
    r"pole emploi|demandeur d'emploi|contrat|client|pdl|prm|point de livraison|compteur|titre de "
    r"sejour|passeport|carte d'identite|cni|permis|recepisse|ofpra|assure|adherent|reference|ref|"
    r"mdph|logement social|nur|demande)\b"
)
_NOT_A_FILE = re.compile(
    r"\b(?:siret|siren|rna|cerfa|article|code postal|ape|naf)\W{0,4}(?:n°)?\W*$"
)
_NUMBER = re.compile(r"(?<![\w,.])[a-z]{0,3}\d(?:[ .\-]?[\da-z]){0,2}(?:[ .\-]?\d){4,16} ?[a-z]?\b")
_PAPER = re.compile(
    r"\b(?:passeport|cni|carte (?:nationale )?d'identite|titre de sejour|permis)\b[^\d\n]{0,15}?"
    r"((?<![a-z0-9])(?=[a-z0-9]*\d[a-z0-9]*\d[a-z0-9]*\d)[a-z0-9]{9,12}(?![a-z0-9]))"
)
_AMOUNT = re.compile(r" ?(?:€|euro|eur\b|e\b|kwh|km|%|,\d)")
_AFTER = re.compile(r" ?[(,\-]? ?(?:caf|allocataire|n° caf)\b")


def case_numbers(flat: str) -> Iterator[Seen]:
    """Yield numbers of seven digits or more (a CAF number has 7) beside a word for a file."""
    for match in _PAPER.finditer(flat):
        yield Kind.CASE_NUMBER, *match.span(1)
    for match in _NUMBER.finditer(flat):
        start, end = match.span()
        if flat[end - 2 : end - 1] == " " and flat[end - 1].isalpha():
            end -= 0 if flat[end - 1] in "bcdefghijkmnpqrstuvwxz" else 2
        digits = sum(sign.isdigit() for sign in match.group())
        is_said = is_near(flat, _FILE, start, within=35) or _AFTER.match(flat, end)
        if digits < 7 or not is_said or re.match(_DATE, match.group()):
            continue
        if not _AMOUNT.match(flat, end) and not _NOT_A_FILE.search(flat, 0, start):
            yield Kind.CASE_NUMBER, start, end
