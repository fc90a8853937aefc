"""Answering a wording: yes on a page that shows it in full, no, or I need time."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from kindline.ground.page.forms import flat
from kindline.ground.page.views import get_or_post
from kindline.ground.people.forms import ConfirmForm
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.trying import NotOpened, confirm
from kindline.ground.vault import unsaved
from kindline.ours.agreements import actions, layout, queries, rules, views
from kindline.ours.agreements.actions import Changed, Closed, Moved, Refused, Yes
from kindline.ours.agreements.forms import AnswerForm, TimeForm, YesForm
from kindline.ours.agreements.ledger import Kept


@sensitive_post_parameters()
@get_or_post
def yes(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Show one wording in full, and take the yes to it."""
    one = queries.agreement(request.person, agreement_id)
    there = reverse("agreements:agreement", args=[agreement_id])
    if request.method != "POST":
        if "yes" not in rules.moves(one.standing, one.circle.me, timezone.now()):
            return HttpResponseRedirect(there)
        return _yes_page(request, [one], YesForm())
    form = YesForm(request.POST)
    word = request.POST.get("word", "")
    return _say_yes(request, form, [one], word=word, onward=f"{there}?both=1")


@sensitive_post_parameters()
@get_or_post
def yes_to_all(request: PersonRequest) -> HttpResponse:
    """Show everything that waits for a yes, each in full, and take the yeses that are ticked."""
    waiting = [queries.agreement(request.person, line.id) for line in queries.waiting_for_me(request.person)]
    if request.method != "POST":
        return _yes_page(request, waiting, ConfirmForm())
    return _say_yes(request, ConfirmForm(request.POST), waiting, onward=reverse("agreements:list") + "?yes=1")


@sensitive_post_parameters()
@get_or_post
def no(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Say no, with a word if one likes."""
    return _answer(request, agreement_id, "no", AnswerForm)


@sensitive_post_parameters()
@get_or_post
def time(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Say that an answer needs time, until a day if one likes."""
    return _answer(request, agreement_id, "time", TimeForm)


def _say_yes(
    request: PersonRequest, form: ConfirmForm, shown: list[Kept], *, onward: str, word: str = ""
) -> HttpResponse:
    meant = [yes for sent in request.POST.getlist("to") if (yes := _meant(sent, word))]
    if not form.is_valid() or not meant:
        return _yes_page(request, shown, form, nothing=not meant, sent=meant, status=422)
    try:
        confirm(request, request.person.name, form.cleaned_data["passphrase"])
        actions.say_yes(person=request.person, to=meant, now=timezone.now())
    except NotOpened as closed:
        form.add_error("passphrase", closed.sentence)
        return _yes_page(request, shown, form, sent=meant, status=closed.status)
    except (Moved, Changed):
        fresh = [queries.agreement(request.person, one.id) for one in shown]
        return _yes_page(request, fresh, form, moved=True, sent=meant, status=409)
    except (Closed, Refused) as why:
        return views.hindered(request, shown[0].id, why, word)
    return HttpResponseRedirect(onward)


def _meant(sent: str, word: str) -> Yes | None:
    """Return the yes that a box of the page stands for: agreement, exact version, and the form's own id for it."""
    agreement, _, rest = sent.partition(":")
    exact, _, nonce = rest.partition(":")
    try:
        return Yes(UUID(agreement), exact, UUID(nonce), word)
    except ValueError:
        return None


def _yes_page(
    request: PersonRequest,
    shown: list[Kept],
    form: ConfirmForm,
    *,
    sent: Sequence[Yes] = (),
    moved: bool = False,
    nothing: bool = False,
    status: int = 200,
) -> HttpResponse:
    items = [item for one in shown if (item := _to_sign(request, one, sent, moved=moved))]
    if moved and not items:
        return views.hindered(request, shown[0].id, Moved(), request.POST.get("word", ""))
    context = {
        "items": items,
        "form": form,
        "name": queries.other_name(request.person),
        "is_one": "word" in form.fields,
        "moved": moved,
        "nothing": nothing,
    }
    return render(request, "agreements/yes.html", context, status=status)


def _to_sign(request: PersonRequest, one: Kept, sent: Sequence[Yes], *, moved: bool) -> dict[str, Any] | None:
    """Return a wording as the page shows it with its box, or None where nothing is asked (any more)."""
    meant = one.standing.asked
    if meant is None:
        return None
    ticked = next((yes for yes in sent if yes.agreement == one.id), None)
    before = layout.before_it(one, meant)
    if moved and ticked is not None:
        # Against the very words somebody was about to say yes to.
        before = next((old.version.text for old in one.facts.versions if old.digest == ticked.exact), before)
    nonce = ticked.nonce if ticked is not None and ticked.exact == meant.digest else uuid4()
    names = layout.names_for(one.circle)
    return {
        "one": one,
        "value": f"{one.id}:{meant.digest}:{nonce}",
        "is_ticked": ticked is not None,
        "laid": layout.laid(meant.version.text, before, names),
        "asks": one.facts.asker == one.circle.me,
        "about_mine": layout.about_what_is_mine(one, meant),
        "author": names.get(meant.version.author, ""),
        "short": meant.digest[: layout.SHORT_DIGEST],
    }


def _answer(request: PersonRequest, agreement_id: UUID, choice: str, kind: type[AnswerForm]) -> HttpResponse:
    one = queries.agreement(request.person, agreement_id)
    if request.method != "POST":
        if choice not in rules.moves(one.standing, one.circle.me, timezone.now()):
            return HttpResponseRedirect(reverse("agreements:agreement", args=[agreement_id]))
        left = unsaved.waiting(request.person.keyring, request.path)
        fields = {**flat(left[1]), "form_id": left[0]} if left else {"form_id": uuid4()}
        return _answer_page(request, one, choice, kind(initial={**fields, **_meaning(one)}))
    form = kind(request.POST)
    if not form.is_valid():
        return _answer_page(request, one, choice, form, status=422)
    return _answered(request, one, choice, form)


def _answered(request: PersonRequest, one: Kept, choice: str, form: AnswerForm) -> HttpResponse:
    data, now = form.cleaned_data, timezone.now()
    meant: dict[str, Any] = {
        "person": request.person,
        "agreement": one.id,
        "exact": data["exact"],
        "nonce": data["form_id"],
        "word": data["word"],
        "now": now,
    }
    try:
        if choice == "no":
            actions.say_no(**meant)
        else:
            actions.need_time(**meant, until=data["until"])
    except (Changed, Moved) as why:
        one = queries.agreement(request.person, one.id)
        said = next((said.statement for said in one.facts.said if said.statement.nonce == data["form_id"]), None)
        if choice not in rules.moves(one.standing, one.circle.me, now):
            return views.hindered(request, one.id, why, data["word"])
        again = {"word": data["word"], "until": data.get("until"), "form_id": uuid4(), **_meaning(one)}
        return _answer_page(request, one, choice, type(form)(initial=again), said=said, moved=not said, status=409)
    except (Closed, Refused) as why:
        return views.hindered(request, one.id, why, data["word"])
    return HttpResponseRedirect(reverse("agreements:agreement", args=[one.id]))


def _meaning(one: Kept) -> dict[str, Any]:
    """Return what says which wording an answer means."""
    meant = one.standing.asked
    return {"exact": meant.digest, "version": meant.version.number} if meant else {}


def _answer_page(
    request: PersonRequest, one: Kept, choice: str, form: AnswerForm, *, status: int = 200, **says: Any
) -> HttpResponse:
    meant = one.standing.asked
    if meant is None:
        return views.hindered(request, one.id, Moved(), form["word"].value() or "")
    names = layout.names_for(one.circle)
    context = {
        "one": one,
        "form": form,
        "choice": choice,
        "name": one.circle.other_name,
        "laid": layout.laid(meant.version.text, layout.before_it(one, meant), names),
        "limit": meant.version.text.limit,
        "asks": one.facts.asker == one.circle.me,
        **says,
    }
    return render(request, "agreements/answer.html", context, status=status)
