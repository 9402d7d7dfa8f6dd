"""Django's view of the domain activity."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """What is done at the desk."""

    name = "entremise.practice.activity"
    label = "activity"

    def ready(self) -> None:
        """Register rights and pages."""
        from entremise.ground.network import events  # noqa: PLC0415 -- apps must be ready
        from entremise.practice.activity import menus, rules, verbs  # noqa: PLC0415 -- same
        from entremise.practice.activity.models import Activity  # noqa: PLC0415 -- same

        rules.register()
        menus.register()
        verbs.register()
        events.register_site_use_check(lambda ids: Activity.objects.filter(site__in=ids).exists())
        events.register_first_act_check(lambda pk: Activity.objects.filter(structure=pk).exists())
