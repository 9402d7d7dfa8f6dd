"""Settings of Entremise: one file, read from the environment, safe by default."""

import os
import secrets
from pathlib import Path

import structlog
from csp.constants import NONE, SELF

from entremise.config.database import dsn, locations

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent
HOME = locations.state_folder()


def flag(name: str, default: str = "") -> bool:
    """True when the environment says 1, true, yes or on."""
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def secret_key() -> str:
    """The signing key: from the environment, else made once and kept in the state folder."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


DEBUG = flag("ENTREMISE_DEBUG")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TRUSTED_ORIGINS", "").split(",") if o]
HTTPS = flag("ENTREMISE_HTTPS")

INSTALLED_APPS = [
    "entremise.config",
    "entremise.demo",
    "entremise.shell.web",
    "entremise.insight.statistics",
    "entremise.practice.activity",
    "entremise.ground.network",
    "entremise.ground.standard",
    "entremise.ground.reference",
    "entremise.foundation.imports",
    "entremise.foundation.guard",
    "entremise.foundation.vault",
    "entremise.foundation.accounts",
    "entremise.foundation.ui",
    "entremise.foundation.access",
    "entremise.foundation.journal",
    "entremise.foundation.core",
    "allauth",
    "allauth.account",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "entremise.foundation.accounts.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "entremise.shell.web.middleware.SharedCounter",
    "entremise.foundation.access.middleware.RefusalsAsPages",
]

ROOT_URLCONF = "entremise.config.urls"
WSGI_APPLICATION = "entremise.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "entremise.shell.web.context.shell",
            ],
            "builtins": ["entremise.foundation.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "entremise.foundation.ui.renderers.EntremiseRenderer"

DATABASES = dsn.database_settings(HOME)
DATABASE_ROUTERS = ["entremise.foundation.core.routers.OneDatabase"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front_door"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "entremise.foundation.accounts.adapters.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    page: f"entremise.foundation.accounts.forms.{form}"
    for page, form in [
        ("login", "SignInForm"),
        ("reset_password", "ForgottenPasswordForm"),
        ("reset_password_from_key", "NewPasswordForm"),
        ("change_password", "ChangePasswordForm"),
        ("set_password", "FirstPasswordForm"),
        ("reauthenticate", "ConfirmIdentityForm"),
    ]
}
# Django's own: allauth's would keep a copy of the address, and an old one could still reset.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 -- a path
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip", "reset_password": "5/h/key,20/h/ip"}
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = os.environ.get("CLIENT_IP_HEADER")

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "static/"
BUILD = Path(os.environ.get("ENTREMISE_BUILD", PROJECT / "build"))
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BUILD / "public"))
STATICFILES_DIRS = [BUILD / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_TLS")
EMAIL_FILE_PATH = HOME / "outbox"
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "entremise@localhost")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
COUNTER_LOCK_MINUTES = int(os.environ.get("COUNTER_LOCK_MINUTES", "10"))  # 0: never
CSRF_FAILURE_VIEW = "entremise.shell.web.counter.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TILES_URL = os.environ.get("TILES_URL", "")
OUTLINES_FILE = os.environ.get("OUTLINES_FILE", "")
COMMUNE_POINTS_FILE = os.environ.get("COMMUNE_POINTS_FILE", "")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([TILES_URL.split("{")[0]] if TILES_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Shared by the workers of one machine: throttling must count every try.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
