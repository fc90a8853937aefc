"""A whole agreement as one printed page: its words, everybody's yes, and a short mark to compare by eye."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateformat import format as written_out
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kindline.ground.people.gate import PersonRequest
from kindline.ours.agreements import layout, queries
from kindline.ours.agreements.ledger import Kept
from kindline.ours.agreements.rules import Written
from kindline.ours.agreements.sheet import Part, Sheet, pdf


@require_safe
def page(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Hand out what stands as a PDF of one page."""
    one = queries.agreement(request.person, agreement_id)
    stands = queries.relied_on(one)
    if stands is None:
        return HttpResponseRedirect(reverse("agreements:agreement", args=[agreement_id]))
    made = sheet_of(one, stands, request.person.name)
    # Nobody's words stand in a header, where logs and lists of downloads would show them.
    shown = {"Content-Disposition": 'inline; filename="agreement.pdf"'}
    return HttpResponse(pdf(made), content_type="application/pdf", headers=shown)


def sheet_of(one: Kept, stands: Written, own: str) -> Sheet:
    """Return what stands of an agreement as it is printed."""
    names, text = layout.names_in(one.circle, own), stands.version.text
    lines = [(str(layout.LABELS[name]), getattr(text, name), name == "ask") for name in layout.LABELS if name != "note"]
    lines += [
        (_("If it gets hard, %(name)s") % {"name": name}, text.plan.get(str(member), ""), False)
        for member, name in names.items()
    ]
    if text.look_again_on:
        lines.append((_("We look at it again"), written_out(text.look_again_on, "j F Y"), False))
    alone = not one.circle.others
    authors = layout.authors_of(one, stands)
    whose = _("In %(name)s’s words.") if len(authors) == 1 else _("%(name)s asked; you both found the words.")
    whose = "" if alone else whose % {"name": names.get(authors[0], "")} + " "
    return Sheet(
        title=layout.title_of(text, is_alone=alone),
        parts=tuple(Part(label, words, large) for label, words, large in lines if words),
        yeses=tuple(
            _("%(name)s said yes on %(day)s")
            % {"name": names.get(who, ""), "day": written_out(timezone.localtime(said.statement.at), "j F Y")}
            for who, said in one.standing.answers.items()
            if said.statement.exact == stands.digest
        ),
        reminder=_("A reminder for yourself; you can change your mind at any time.")
        if alone
        else whose + _("A reminder between two people, not a contract. Either can change their mind at any time."),
        digest=stands.digest,
        language=translation.get_language() or "en",
    )
