"""What people come for and how it goes, in shares (domain.md, annex E; invented where silent).

Codes are those of the national lists and of the activity's enumerations. In the lists that begin
with an empty code, it means « non renseigné ».
"""

# ruff: noqa: E501 -- a table reads in rows
import numpy as np

from entremise.demo.chance import Floats, cumulated

WINTER = (1.6, 1.5, 1.3, 1.0, 0.8, 0.6, 0.6, 0.6, 0.8, 1.0, 1.4, 1.6)
TAXES = (0.6, 0.6, 0.7, 1.8, 3.2, 2.4, 0.8, 1.0, 1.2, 1.4, 0.8, 0.6)
AUTUMN = (0.8, 0.8, 0.8, 0.8, 0.8, 1.0, 1.2, 1.5, 2.6, 1.2, 0.8, 0.7)
SPRING = (0.8, 0.9, 1.1, 1.3, 1.5, 1.6, 1.3, 0.9, 0.8, 0.8, 0.8, 0.7)
FLAT = (1.0,) * 12

# Theme, share in a hundred over the year, operators by weight, season.
THEMES: tuple[tuple[str, float, dict[str, float], tuple[float, ...]], ...] = (
    ("health-insurance", 4.0, {"assurance-maladie": 9, "msa": 1}, FLAT),
    ("health-card", 3.6, {"assurance-maladie": 9, "msa": 1}, FLAT),
    ("health-supplement", 2.2, {"assurance-maladie": 8, "msa": 1, "insurer": 1}, FLAT),
    ("health-rsa", 3.8, {"caf": 9, "msa": 1}, FLAT),
    ("health-activity-bonus", 2.8, {"caf": 9, "msa": 1}, FLAT),
    ("health-leave", 1.4, {"assurance-maladie": 9, "employer": 1}, FLAT),
    ("family-allowances", 3.6, {"caf": 9, "msa": 1}, AUTUMN),
    ("family-separation", 0.9, {"caf": 6, "justice": 4}, FLAT),
    ("family-death", 0.8, {"assurance-retraite": 4, "bank": 3, "commune": 3}, FLAT),
    ("pension-claim", 2.4, {"assurance-retraite": 7, "msa": 1, "agirc-arrco": 2}, FLAT),
    ("pension-career", 1.4, {"assurance-retraite": 8, "agirc-arrco": 2}, FLAT),
    ("pension-survivor", 0.9, {"assurance-retraite": 7, "agirc-arrco": 3}, FLAT),
    ("disability-file", 1.6, {"mdph": 9, "departement": 1}, FLAT),
    ("digital-account", 6.6, {"assurance-maladie": 3, "finances-publiques": 2, "la-poste": 2, "none": 3}, FLAT),
    ("digital-mailbox", 4.0, {"none": 7, "orange": 2, "free": 1}, FLAT),
    ("digital-skills", 3.0, {"none": 9, "association": 1}, FLAT),
    ("digital-subscription", 2.2, {"orange": 4, "sfr": 2, "free": 2, "bouygues-telecom": 2}, FLAT),
    ("digital-dispute", 1.4, {"orange": 3, "sfr": 3, "free": 2, "bouygues-telecom": 2}, FLAT),
    ("digital-fraud", 0.6, {"police-gendarmerie": 5, "bank": 5}, FLAT),
    ("other-printing", 2.2, {"none": 1}, FLAT),
    ("energy-bill", 2.6, {"edf": 5, "engie": 3, "totalenergies": 1, "energy-other": 1}, WINTER),
    ("energy-arrears", 2.4, {"edf": 5, "engie": 3, "totalenergies": 1, "energy-other": 1}, WINTER),
    ("energy-voucher", 2.2, {"cheque-energie": 9, "edf": 1}, SPRING),
    ("energy-contract", 1.4, {"edf": 4, "engie": 3, "energy-other": 3}, FLAT),
    ("energy-cut", 0.5, {"enedis": 4, "edf": 4, "engie": 2}, WINTER),
    ("energy-saving", 0.5, {"france-renov": 6, "none": 4}, AUTUMN),
    ("water-bill", 1.4, {"veolia": 3, "suez": 3, "saur": 2, "water-public": 2}, FLAT),
    ("water-arrears", 0.8, {"veolia": 3, "suez": 3, "saur": 2, "water-public": 2}, FLAT),
    ("papers-identity", 4.2, {"france-titres": 8, "commune": 2}, SPRING),
    ("papers-residence", 2.6, {"prefecture": 7, "france-titres": 2, "ofii": 1}, FLAT),
    ("papers-nationality", 0.6, {"prefecture": 1}, FLAT),
    ("papers-lost", 0.6, {"police-gendarmerie": 4, "france-titres": 6}, FLAT),
    ("transport-fares", 3.4, {"transport-local": 5, "sncf": 2, "keolis": 2, "transdev": 1}, AUTUMN),
    ("transport-fine", 1.2, {"transport-local": 4, "sncf": 4, "keolis": 1, "transdev": 1}, FLAT),
    ("transport-licence", 1.6, {"france-titres": 1}, FLAT),
    ("transport-registration", 1.8, {"france-titres": 1}, FLAT),
    ("tax-return", 3.8, {"finances-publiques": 1}, TAXES),
    ("tax-notice", 1.6, {"finances-publiques": 1}, AUTUMN),
    ("tax-payment", 1.0, {"finances-publiques": 1}, AUTUMN),
    ("tax-fine", 0.6, {"finances-publiques": 8, "police-gendarmerie": 2}, FLAT),
    ("work-registration", 1.8, {"france-travail": 1}, AUTUMN),
    ("work-monthly", 2.0, {"france-travail": 1}, FLAT),
    ("work-cv", 1.4, {"france-travail": 4, "mission-locale": 2, "none": 4}, FLAT),
    ("work-benefit", 0.8, {"france-travail": 9, "employer": 1}, FLAT),
    ("housing-request", 2.0, {"social-landlord": 5, "intercommunality": 2, "commune": 2, "action-logement": 1}, FLAT),
    ("housing-benefit", 1.6, {"caf": 9, "msa": 1}, AUTUMN),
    ("housing-arrears", 0.8, {"social-landlord": 7, "private-landlord": 3}, WINTER),
    ("housing-landlord", 0.6, {"social-landlord": 7, "private-landlord": 3}, FLAT),
    ("post-letter-understand", 1.6, {"none": 4, "caf": 2, "finances-publiques": 2, "bank": 2}, FLAT),
    ("post-parcel", 0.6, {"la-poste": 1}, FLAT),
    ("money-debt", 0.5, {"banque-de-france": 6, "bank": 4}, FLAT),
    ("money-account", 0.5, {"banque-postale": 6, "bank": 4}, FLAT),
    ("school-grant", 0.5, {"school": 8, "caf": 2}, AUTUMN),
    ("justice-information", 0.5, {"justice": 7, "association": 3}, FLAT),
    ("neighbours-noise", 0.2, {"none": 5, "social-landlord": 5}, SPRING),
    ("isolation-listening", 0.4, {"none": 1}, FLAT),
    ("other-local", 0.8, {"none": 6, "commune": 4}, FLAT),
)  # fmt: skip
THEME_CODES = tuple(theme for theme, *_ in THEMES)
OPERATOR_CODES = tuple(sorted({code for _, _, operators, _ in THEMES for code in operators}))
FRANCE_SERVICES = frozenset(
    [
        "caf",
        "assurance-maladie",
        "assurance-retraite",
        "msa",
        "france-travail",
        "finances-publiques",
        "france-titres",
        "justice",
        "la-poste",
        "cheque-energie",
        "france-renov",
    ]
)
PARTNERS = frozenset(
    [
        "edf",
        "engie",
        "totalenergies",
        "enedis",
        "veolia",
        "suez",
        "saur",
        "sncf",
        "keolis",
        "transdev",
        "transport-local",
        "orange",
        "banque-postale",
        "social-landlord",
    ]
)

FRAMES = ("mediation", "france_services", "partner_mission")
NATURES = (
    "inform", "help-step", "help-online", "read-letter", "write-letter",
    "clear-misunderstanding", "contact-operator", "appointment", "print-scan", "hand-document",
    "self-service", "listen",
)  # fmt: skip
NATURES_BY_FRAME = (
    (26, 18, 14, 9, 5, 7, 6, 4, 5, 2, 2, 2),
    (20, 24, 42, 0, 0, 0, 2, 6, 5, 1, 0, 0),
    (34, 18, 8, 14, 4, 8, 12, 2, 0, 0, 0, 0),
)
OUTCOMES = ("resolved", "referred", "coming-back", "out-of-scope", "refused", "dropped")
OUTCOME_SHARES = (82, 12, 3.5, 1, 0.5, 1)
REQUEST_COUNTS = (50, 28, 15, 5, 2)  # one to five: 1.8 a visit
EXPLANATIONS = ("", "both_sides", "institution_contacted")
EXPLANATION_SHARES = (15, 50, 35)

KINDS = ("reception", "support", "sale", "failed_contact")
KIND_SHARES = (73.6, 24, 0.4, 2)
KIND_SHARES_OF_SELLERS = (30, 12, 56, 2)
MINUTES = (12.0, 34.0, 5.0, 3.0)  # medians, by kind
MODES = (
    "walk_in", "appointment", "phone", "message", "mail", "video", "home", "outside", "third_party",
)  # fmt: skip
DESK_MODES = (70, 13, 9, 3.5, 1, 0.5, 1, 1, 1)
BUS_MODES = (88, 4, 6, 2, 0, 0, 0, 0, 0)
FIELD_MODES = (5, 3, 6, 2, 0, 0, 12, 72, 0)
PLACE_KINDS = ("site", "stop", "commune", "home", "street", "remote")
PLACE_OF_MODE = ("site", "site", "remote", "remote", "remote", "remote", "home", "street", "remote")

ORIGINS = ("", "spontaneous", "word_of_mouth", "partner", "outreach", "institution", "partner_list")
ORIGIN_SHARES = (14, 54, 14, 13, 2.5, 0.5, 2)
BASES = ("", "declared", "estimated")
PRESENCES = ("{}", "{concerned}", "{relative}", "{professional}", "{concerned,relative}", "{other}")
PRESENCE_SHARES = (18, 68, 8, 2, 3.5, 0.5)
ANSWERS = ("", "yes", "no", "unknown", "undisclosed")
FIRST_VISIT_SHARES = (38, 19, 41, 1, 1)
COMMUNE_SHARES = (42, 54, 0, 1, 3)
QPV_SHARES_URBAN = (50, 24, 19, 6, 1)
QPV_SHARES_RURAL = (70, 1, 26, 3, 0)
AUTONOMIES = ("", "alone", "partly", "supported")
AUTONOMY_SHARES = (35, 12, 25, 28)
MANDATES = ("", "none", "written", "aidants_connect", "administration_plus")
MANDATE_SHARES = (52, 38, 4, 5, 1)
CONNECT_DAYS = (1, 7, 30, 182, 365)  # terms of an Aidants Connect mandate

SEXES = ("f", "m", "x", "nc", "nd")
SEX_SHARES = (57.0, 39.5, 0.3, 0.7, 2.5)
BANDS = ("0-11", "12-17", "18-24", "25-39", "40-59", "60-69", "70-plus", "nc", "nd")
BAND_SHARES = (0, 0.8, 6, 17, 29, 20, 18, 1.2, 8)


def themes_by_month() -> Floats:
    """Return the weights of the themes, one row a calendar month."""
    return np.array([[share * season[m] for _, share, _, season in THEMES] for m in range(12)])


def operators_by_theme() -> Floats:
    """Return the cumulated shares of the operators, one row a theme."""
    return cumulated(
        [[operators.get(code, 0.0) for code in OPERATOR_CODES] for _, _, operators, _ in THEMES]
    )
