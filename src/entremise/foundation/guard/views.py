"""The check while typing: a text in, what was seen out. Nothing is stored, nothing is logged."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from entremise.foundation.guard import rules
from entremise.foundation.guard.engine import look
from entremise.foundation.guard.sentences import sentence_of


@login_required
@require_POST
@never_cache
@sensitive_post_parameters("text")
def check_note(request: HttpRequest) -> JsonResponse:
    """Answer what is seen in the first signs of the text, as many as a note may have."""
    text = rules.tidied(request.POST.get("text", "")[: 4 * rules.LIMIT])[: rules.LIMIT]
    findings = [
        {
            "kind": finding.kind,
            "start": finding.start,
            "end": finding.end,
            "severity": finding.severity,
            "sentence": sentence_of(finding, text),
            "word": text[finding.start : finding.end],
        }
        for finding in look(text)
    ]
    return JsonResponse({"findings": findings})
