"""Local tags of the acting structure."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import find_or_refuse, writes
from entremise.foundation.ui.toasts import announce
from entremise.ground.network.enums import Module
from entremise.ground.network.errors import ModuleIsOff
from entremise.practice.activity import operations
from entremise.practice.activity.enums import ActivityPermission as May
from entremise.practice.activity.forms.tags import LocalTagForm
from entremise.practice.activity.models import LocalTag


@writes(May.MANAGE_TAGS)
def local_tags(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """List the tags of the structure; add one, or change the one given."""
    actor = actor_of(request)
    if Module.LOCAL_TAGS not in actor.modules:
        raise ModuleIsOff
    tag = LocalTag(structure_id=actor.structure_id or uuid4())
    if pk:
        tag = find_or_refuse(LocalTag, actor, may=May.MANAGE_TAGS, pk=pk)
    form = LocalTagForm(request.POST or None, instance=tag, today=actor.today)
    if request.method == "POST" and form.is_valid():
        operations.keep_local_tag(form.instance, by=actor.user, at=timezone.now())
        announce(request, _("Étiquette enregistrée."))
        return redirect("local_tags")
    tags = LocalTag.objects.visible_to(actor).select_related("theme").order_by("label")
    return render(request, "activity/tags.html", {"form": form, "tags": tags, "edited": pk})
