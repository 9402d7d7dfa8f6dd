"""The ten first steps of a structure."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from entremise.foundation.access.actors import actor_of
from entremise.foundation.access.doors import find_or_refuse, reads, writes
from entremise.ground.network.enums import FirstStep
from entremise.ground.network.enums import NetworkPermission as May
from entremise.ground.network.models import Structure
from entremise.ground.network.operations import structures as operations
from entremise.ground.network.queries import checklist


@reads(May.EDIT_STRUCTURE)
def first_steps(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is done, what remains, and where to do it."""
    actor = actor_of(request)
    find_or_refuse(Structure, actor, may=May.EDIT_STRUCTURE, pk=pk)
    structure = checklist.with_progress(Structure.objects.filter(pk=pk), actor.today).get()
    steps = checklist.steps_of(structure, actor)
    context = {
        "structure": structure,
        "steps": steps,
        "done_count": sum(step.done for step in steps),
    }
    return render(request, "network/checklist.html", context)


@writes(May.EDIT_STRUCTURE)
@require_POST
def tick_step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Tick or untick a step by hand."""
    structure = find_or_refuse(Structure, actor_of(request), may=May.EDIT_STRUCTURE, pk=pk)
    if step not in FirstStep:
        raise Http404
    operations.tick_step(
        structure,
        step=FirstStep(step),
        done=request.POST.get("done") == "1",
        by=actor_of(request).user,
        at=timezone.now(),
    )
    return redirect("checklist", pk=structure.pk)
