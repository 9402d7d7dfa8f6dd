"""Closed lists of the domain network."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles of domain.md, annex A. Codes are stable; what each may do is in the rules."""

    MEDIATOR = "mediator", _("médiateur ou médiatrice")
    RECEPTION = "reception", _("accueil")
    SITE_LEAD = "site_lead", _("responsable de site")
    DIRECTOR = "director", _("direction")
    QUALITY = "quality", _("référent qualité")
    NETWORK_HEAD = "network_head", _("siège du réseau")
    INTERNAL_AUDITOR = "internal_auditor", _("auditeur interne")
    AUDITOR = "auditor", _("auditeur tiers")
    FUNDER = "funder", _("financeur")
    DPO = "dpo", _("délégué à la protection des données")
    ADMIN = "admin", _("administrateur technique")


class Scope(models.TextChoices):
    """Where a role is held."""

    SITE = "site", _("un point d’accueil, ou tous ceux de la structure")
    STRUCTURE = "structure", _("une structure")
    NETWORK = "network", _("le réseau")


class Status(models.TextChoices):
    """Under which status a person works: it says whether their acts need a supervisor."""

    MEDIATOR = "mediator", _("médiateur ou médiatrice")
    ADULTE_RELAIS = "adulte_relais", _("adulte-relais")
    FRANCE_SERVICES = "france_services", _("conseiller France services")
    WORK_STUDY = "work_study", _("alternant ou alternante")
    INTERN = "intern", _("stagiaire")
    VOLUNTEER = "volunteer", _("volontaire")
    CIVIC_SERVICE = "civic_service", _("service civique")
    OTHER = "other", _("autre fonction")


class StructureStatus(models.TextChoices):
    """The legal form of an employing structure."""

    ASSOCIATION = "association", _("association")
    LOCAL_LAW_ASSOCIATION = (
        "local_law_association",
        _("association de droit local (Alsace-Moselle)"),
    )
    PUBLIC = "public", _("collectivité ou établissement public")
    COOPERATIVE = "cooperative", _("coopérative")
    OTHER = "other", _("autre forme")


class SiteKind(models.TextChoices):
    """What a point d'accueil is."""

    FIXED = "fixed", _("point d’accueil fixe")
    BRANCH = "branch", _("antenne")
    OUTPOST = "outpost", _("permanence")
    BUS = "bus", _("bus")
    FIELD_TEAM = "field_team", _("équipe de terrain")


class SiteState(models.TextChoices):
    """The life of a point d'accueil."""

    OPEN = "open", _("en activité")
    SUSPENDED = "suspended", _("suspendu")
    CLOSED = "closed", _("fermé")


class HalfDay(models.TextChoices):
    """When a closure or an extra opening falls."""

    MORNING = "morning", _("le matin")
    AFTERNOON = "afternoon", _("l’après-midi")
    DAY = "day", _("la journée")


class ClosureReason(models.TextChoices):
    """Why the doors are closed, or open out of hours."""

    STAFF = "staff", _("absence dans l’équipe")
    HOLIDAY = "holiday", _("congés")
    TRAINING = "training", _("formation ou réunion")
    WORKS = "works", _("travaux ou panne")
    SAFETY = "safety", _("sécurité")
    EVENT = "event", _("événement local")
    OTHER = "other", _("autre motif")


class Module(models.TextChoices):
    """Parts of the product that a structure switches on when it needs them."""

    DESK = "desk", _("accueils du jour")
    MOBILE = "mobile", _("bus et tournées à étapes")
    LOCAL_TAGS = "local_tags", _("étiquettes locales")


class FirstStep(models.TextChoices):
    """The ten first steps of a new structure, in order."""

    CONTACT = "contact", _("Compléter les coordonnées de la structure")
    IDENTITY = "identity", _("Renseigner le SIRET")
    FIRST_SITE = "first_site", _("Créer le premier point d’accueil")
    HOURS = "hours", _("Donner les horaires")
    POINT = "point", _("Placer le lieu sur la carte")
    FIRST_MEDIATOR = "first_mediator", _("Inviter une première personne à l’accueil")
    SECOND_MEDIATOR = "second_mediator", _("Inviter une deuxième personne")
    MODULES = "modules", _("Choisir les modules")
    GROUND_RULES = "ground_rules", _("Dire à l’équipe ce qui se note, et ce qui ne se note pas")
    FIRST_ACT = "first_act", _("Enregistrer un premier accueil")


class NetworkPermission(models.TextChoices):
    """What one may do with the network; each has its ways in the rules."""

    READ_DIRECTORY = "network.read_directory", _("consulter l’annuaire du réseau")
    EDIT_STRUCTURE = "network.edit_structure", _("modifier une structure")
    OPEN_STRUCTURE = "network.open_structure", _("créer une structure")
    EDIT_SITE = "network.edit_site", _("modifier un point d’accueil")
    OPEN_SITE = "network.open_site", _("créer un point d’accueil")
    MOVE_SITE = "network.move_site", _("rattacher, fusionner ou fermer un point d’accueil")
    EDIT_OPENING = "network.edit_opening", _("noter une fermeture ou une ouverture exceptionnelle")
    READ_MEMBERS = "network.read_members", _("voir les personnes d’une structure")
    MANAGE_MEMBERS = "network.manage_members", _("inviter une personne ou mettre fin à un rôle")
    IMPORT_SITES = "network.import_sites", _("importer une liste de lieux")
    READ_JOURNAL = "network.read_journal", _("lire le journal des décisions")
    READ_OUTBOX = "network.read_outbox", _("lire les courriels de la démonstration")
