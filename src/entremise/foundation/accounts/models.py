"""The account of someone who works in the network, or of a job that works for it."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from entremise.foundation.core.identifiers import ordered_id


class UserManager(BaseUserManager["User"]):
    """Make accounts; a password of None leaves one that cannot sign in yet."""

    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: object
    ) -> "User":
        """Return a new account with its password hashed."""
        user = self.model(username=username, email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in. What they may do is told by their memberships, never here."""

    class Kind(models.TextChoices):
        """A person, or a named system account under which commands and jobs act."""

        PERSON = "person"
        SYSTEM = "system"

    id = models.UUIDField(primary_key=True, default=ordered_id, editable=False)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PERSON)
    username = models.CharField(
        max_length=80,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Ce nom de compte est déjà pris."},
    )
    email = models.EmailField(blank=True)
    full_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="fr")
    shortcuts_on = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    demo_only = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    short_code = models.CharField(max_length=128, blank=True)  # hashed, never the code itself
    short_code_set_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    objects = UserManager()

    class Privacy:
        identifying = {"username", "email", "full_name"}
        internal = {"password", "last_login", "joined_at", "short_code", "short_code_set_at"}
        neutral = {"id", "kind", "language", "shortcuts_on", "is_active", "demo_only"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="%(app_label)s_%(class)s_one_per_email",
                condition=~models.Q(email=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_short_code_and_its_date_together",
                condition=models.Q(short_code="", short_code_set_at=None)
                | (~models.Q(short_code="") & models.Q(short_code_set_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """Return the name shown on screens."""
        return str(self)
