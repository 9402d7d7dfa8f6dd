"""Closed lists of an act. An empty code always means « non renseigné »: nobody asked or ticked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the desk records. Kinds that a file, a round or a sheet carries join with them."""

    RECEPTION = "reception", _("accueil")
    SUPPORT = "support", _("accompagnement")
    SALE = "sale", _("vente ou service")
    FAILED_CONTACT = "failed_contact", _("contact non abouti")


class Entry(models.TextChoices):
    """How an act came into the books; all but the first are shown apart."""

    DIRECT = "direct", _("à l’accueil")
    WAVE = "wave", _("vague")
    SHEET = "sheet", _("feuille de pointage")
    IMPORTED = "imported", _("repris")


class Mode(models.TextChoices):
    """How the contact took place."""

    WALK_IN = "walk_in", _("sur place, sans rendez-vous")
    APPOINTMENT = "appointment", _("sur place, sur rendez-vous")
    PHONE = "phone", _("téléphone")
    MESSAGE = "message", _("courriel ou SMS")
    MAIL = "mail", _("courrier")
    VIDEO = "video", _("visio")
    HOME = "home", _("à domicile")
    OUTSIDE = "outside", _("hors les murs")
    THIRD_PARTY = "third_party", _("par un tiers")


class PlaceKind(models.TextChoices):
    """Where it took place, apart from the site that answers for it."""

    SITE = "site", _("au point d’accueil")
    STOP = "stop", _("à un arrêt du bus")
    COMMUNE = "commune", _("dans une autre commune")
    HOME = "home", _("au domicile")
    STREET = "street", _("dans l’espace public")
    REMOTE = "remote", _("à distance")


class Origin(models.TextChoices):
    """What brought the person."""

    SPONTANEOUS = "spontaneous", _("spontanée")
    WORD_OF_MOUTH = "word_of_mouth", _("bouche-à-oreille")
    PARTNER = "partner", _("orientée par un partenaire")
    OUTREACH = "outreach", _("aller-vers")
    PARTY = "party", _("saisine par une partie")
    INSTITUTION = "institution", _("saisine par une institution")
    PARTNER_LIST = "partner_list", _("liste d’un partenaire")


class Frame(models.TextChoices):
    """Under which frame a request is answered: reports never count one twice."""

    MEDIATION = "mediation", _("médiation sociale")
    FRANCE_SERVICES = "france_services", _("France services")
    PARTNER_MISSION = "partner_mission", _("mission partenaire")


class Explanation(models.TextChoices):
    """What makes a misunderstanding lifted, and not only spoken of (register 3)."""

    BOTH_SIDES = "both_sides", _("expliqué des deux côtés")
    INSTITUTION_CONTACTED = "institution_contacted", _("contact pris avec l’institution")


class Sex(models.TextChoices):
    """As told or estimated, never deduced from a name."""

    WOMAN = "f", _("femme")
    MAN = "m", _("homme")
    OTHER = "x", _("autre")
    UNDISCLOSED = "nc", _("non communiqué")
    NOT_ASKED = "nd", _("non demandé")


class Basis(models.TextChoices):
    """Whether the public was told or guessed."""

    DECLARED = "declared", _("déclaré")
    ESTIMATED = "estimated", _("estimé")


class Presence(models.TextChoices):
    """Who is at the desk: one often comes for another."""

    CONCERNED = "concerned", _("la personne concernée")
    RELATIVE = "relative", _("un proche")
    PROFESSIONAL = "professional", _("un professionnel")
    OTHER = "other", _("une autre personne")


class Answer(models.TextChoices):
    """An answer given, refused, or not known; empty when the question was not asked."""

    YES = "yes", _("oui")
    NO = "no", _("non")
    UNKNOWN = "unknown", _("ne sait pas")
    UNDISCLOSED = "undisclosed", _("non communiqué")


class Autonomy(models.TextChoices):
    """How far the person did it herself."""

    ALONE = "alone", _("autonome")
    PARTLY = "partly", _("partiellement autonome")
    SUPPORTED = "supported", _("entièrement accompagnée")


class Mandate(models.TextChoices):
    """Under which mandate something was done for the person; its reference is never kept here."""

    NONE = "none", _("aucun")
    WRITTEN = "written", _("mandat écrit")
    AIDANTS_CONNECT = "aidants_connect", _("Aidants Connect")
    ADMINISTRATION_PLUS = "administration_plus", _("Administration+")


class Closing(models.TextChoices):
    """Why a version is no longer the current one."""

    CORRECTED = "corrected", _("corrigée")
    UNDONE = "undone", _("annulée")


class Motive(models.TextChoices):
    """Why an act is corrected or undone once its day was read: a closed list, no free text."""

    MISTYPED = "mistyped", _("erreur de saisie")
    FORGOTTEN = "forgotten", _("oubli")
    TOLD_LATER = "told_later", _("information donnée après coup")
    TWICE = "twice", _("enregistré deux fois")
    READING = "reading", _("demande de la relecture")


class Slice(models.TextChoices):
    """What counts are cut along. Never two at once: a cross of all would single people out."""

    TOTAL = "total", _("total")
    REGISTER = "register", _("registre")
    THEME = "theme", _("motif")
    COMMUNE = "commune", _("commune")
    PUBLIC = "public", _("public")
    OUTCOME = "outcome", _("issue")
    NATURE = "nature", _("ce qui a été fait")


class ActivityPermission(models.TextChoices):
    """What one may do with acts; each has its ways in the rules."""

    RECORD = "activity.record", _("enregistrer un accueil")
    READ = "activity.read", _("consulter des accueils")
    READ_DAY = "activity.read_day", _("voir les nombres du jour")
    CORRECT = "activity.correct", _("corriger ou annuler cet accueil")
    MANAGE_TAGS = "activity.manage_tags", _("tenir les étiquettes locales")
    READ_NOTE = "activity.read_note", _("lire la note de travail d’un accueil")
    REVIEW = "activity.review", _("relire et valider les journées d’un lieu")
    CLOSE_MONTH = "activity.close_month", _("clore les mois d’une structure")
    EXPORT = "activity.export", _("exporter une liste d’accueils")
    SEE_OWN = "activity.see_own", _("voir sa propre activité")


ON_SITE = frozenset({Mode.WALK_IN, Mode.APPOINTMENT})
AT_A_DISTANCE = frozenset({Mode.PHONE, Mode.MESSAGE, Mode.MAIL, Mode.VIDEO, Mode.THIRD_PARTY})
WITHOUT_REQUEST = frozenset({Kind.SALE, Kind.FAILED_CONTACT})
NOT_ASKED = "nd"
UNDISCLOSED = "nc"
DESK_REGISTER = 3
FEWEST_IN_POST = 3  # with fewer, the load or the hours of a place are those of somebody
