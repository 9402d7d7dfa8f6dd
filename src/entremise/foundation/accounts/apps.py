"""Django's view of the domain accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "entremise.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Name what is written in the journal."""
        from entremise.foundation.accounts import verbs  # noqa: PLC0415 -- apps must be ready first

        verbs.register()
