"""The page of one talk: what is on the table, one's own part, and whatever is done there."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kindline.ground.page.forms import flat
from kindline.ground.page.views import get_or_post, sent_form_id, sent_version
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ours.negotiation import actions, queries, rules, shapes, words
from kindline.ours.negotiation.actions import Changed, Closed, Refused
from kindline.ours.negotiation.forms import NeedsForm, TapsForm, WordsForm, as_fields
from kindline.ours.negotiation.laying_out import Answers
from kindline.ours.negotiation.queries import Kept, Prepared

CONFLICT, INVALID = 409, 422
CHANGED = "changed"  # how the page says that there are other words by now
# What is sent by a press alone.
PRESSES = ("open", "not-ready", "right", "accept", "take-off", "all", "rest", "leave-out", "agree")


Left = list[tuple[UUID, dict[str, str]]]  # what was left unsaved, the newest first


class Sheet(NamedTuple):
    """A form of this page: under which id it is sent, and over which version of what is kept."""

    form: forms.Form
    form_id: UUID
    version: int = 0


@get_or_post
def talk(request: PersonRequest, talk_id: UUID) -> HttpResponse:
    """Show a talk, and do there what one of the two does."""
    try:
        kept = queries.talk(request.person, talk_id)
    except Http404:
        if request.method != "POST" or not _written(request.POST):
            raise
        # Left in another window: the words are here, to be taken elsewhere.
        return render(request, "negotiation/gone.html", {"words": _written(request.POST)}, status=404)
    if request.method != "POST":
        return _page(request, kept)
    kind, do = request.POST.get("kind", ""), request.POST.get("do", "")
    if do in PRESSES:
        return _pressed(request, kept, do)
    if kind in rules.APART:
        return _keep(request, kept, kind, is_ready=do == "ready")
    if kind in _labels(kept):
        return _say(request, kept, kind)
    return _page(request, kept, status=INVALID)


def _pressed(request: PersonRequest, kept: Kept, do: str) -> HttpResponse:
    person, talk_id, act_id, now = request.person, kept.record.id, sent_form_id(request), timezone.now()
    on, of = _sent_id(request, "on"), request.POST.get("of", "")
    act: dict[str, Any] = {"person": person, "talk_id": talk_id, "act_id": act_id, "now": now}
    done: dict[str, Callable[[], object]] = {
        "open": partial(actions.open_mine, person=person, talk_id=talk_id, of=of, now=now),
        "not-ready": partial(actions.not_ready, person=person, talk_id=talk_id, of=of, now=now),
        "right": partial(actions.confirm, on=on, **act),
        "accept": partial(actions.accept_loop, on=on, **act),
        "take-off": partial(actions.take_off, on=on, **act),
        "leave-out": partial(actions.word_loop, words="", on=_sent_loop(request), **act),
        "all": partial(actions.say_all, **act),
        "rest": partial(actions.rest, **act),
        "agree": partial(actions.write_as_agreement, person=person, talk_id=talk_id, option=on, now=now),
    }
    try:
        prepared_id = done[do]()
    except (Refused, Closed, Changed) as refused:
        return _page(request, queries.talk(person, talk_id), notice=_notice(refused), status=CONFLICT)
    if do == "agree":
        return HttpResponseRedirect(reverse("agreements:prepared", args=[prepared_id]))
    return _back(kept)


def _keep(request: PersonRequest, kept: Kept, of: str, *, is_ready: bool) -> HttpResponse:
    """Keep what is prepared apart, or say that one is ready with it."""
    form_id, version = sent_form_id(request), sent_version(request.POST.get("version", ""))
    form = _form_apart(kept, of, request.POST, is_ready=is_ready)
    if not form.is_valid():
        return _page(request, kept, bound=(of, Sheet(form, form_id, version)), status=INVALID)
    told = form.needs() if isinstance(form, NeedsForm) else form.taps()
    said = shapes.Said(talk=kept.record.id, by=kept.circle.me, of=of, salt="", **told)
    try:
        actions.keep(
            person=request.person,
            talk_id=kept.record.id,
            said=said,
            version=version,
            form_id=form_id,
            is_ready=is_ready,
            now=timezone.now(),
        )
    except Changed:
        there = queries.prepared(request.person, kept.record.id, of)
        if there is None or (as_fields(there.part.said), there.part.is_ready) != (as_fields(said), is_ready):
            bound = of, Sheet(form, form_id, there.record.version if there else 0)
            return _page(request, kept, bound=bound, stored=there, notice=CHANGED, status=CONFLICT)
    except (Refused, Closed) as refused:
        kept = queries.talk(request.person, kept.record.id)
        bound = of, Sheet(form, form_id, version)
        return _page(request, kept, bound=bound, notice=_notice(refused), status=CONFLICT)
    return _back(kept)


def _say(request: PersonRequest, kept: Kept, kind: str) -> HttpResponse:
    """Give a few words to the other: what makes sense, a correction, the loop, an option."""
    form_id = sent_form_id(request)
    form = _form_of_words(kept, kind, request.POST)
    if not form.is_valid():
        return _page(request, kept, bound=(kind, Sheet(form, form_id)), status=INVALID)
    act: dict[str, Any] = {
        "person": request.person,
        "talk_id": kept.record.id,
        "act_id": form_id,
        "now": timezone.now(),
    }
    said = form.cleaned_data["words"]
    try:
        if kind == "sense":
            actions.make_sense(words=said, **act)
        elif kind == "correct":
            actions.correct(words=said, on=_sent_id(request, "on"), **act)
        elif kind == "loop":
            actions.word_loop(words=said, on=_sent_loop(request), **act)
        else:
            actions.add_option(words=" ".join(said.split()), **act)
    except (Changed, Refused, Closed) as refused:
        again = Sheet(form, uuid4() if isinstance(refused, Changed) else form_id)
        kept = queries.talk(request.person, kept.record.id)
        return _page(request, kept, bound=(kind, again), notice=_notice(refused), status=CONFLICT)
    return _back(kept)


def _page(
    request: PersonRequest,
    kept: Kept,
    *,
    bound: tuple[str, Sheet] | None = None,
    stored: Prepared | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    there, me, other = kept.standing, kept.circle.me, kept.other
    step = there.step
    mine = queries.prepared(request.person, kept.record.id, step) if step in rules.APART else None
    left = [(form_id, flat(fields)) for form_id, fields in unsaved.left(request.person.keyring).get(request.path, [])]
    sheets = _sheets(kept, mine, left)
    if bound and bound[0] in sheets:
        sheets[bound[0]] = bound[1]
    is_ready = mine is not None and mine.part.is_ready
    # The words of a form that is no longer on this page, one form after the other.
    left_over = [] if bound else [one for one in left if one[1].get("kind") not in sheets and _written(one[1])]
    context: dict[str, Any] = {
        "id": kept.record.id,
        "circle": kept.circle,
        "name": kept.circle.other_name,
        "talk": kept.facts.talk,
        "is_mine": kept.facts.talk.by == me,
        "now": there,
        "step": step,
        "to_come": words.still_to_come(step),
        "sheets": sheets,
        "notice": "" if notice == CHANGED else notice,
        "changed": notice == CHANGED,
        "stored": stored,
        # Words whose form is no longer on this page are shown, so that nothing is lost.
        "set_aside": _written(request.POST) if bound and bound[0] not in sheets else [],
        "left_over": [(form_id, _written(fields)) for form_id, fields in left_over],
        "is_ready": is_ready,
        "prepared": mine.part.said if mine else None,
        "both_ready": there.both_ready(step),
        "has_opened": there.has_opened(step, me),
        "needs": (there.opened["needs"].get(me), there.opened["needs"].get(other)),
        "answer_first": not rules.is_answered(there, other),
        "my_sense": there.senses.get(me),
        "their_sense": there.senses.get(other),
        "loop_is_mine": there.loop is not None and there.loop.by == me,
        "options": [(option, option.by == me) for option in there.options.values()],
        "has_room": len(there.options) < rules.MOST_OPTIONS,
        "said_all": me in there.all_said,
        "their_all": other in there.all_said,
        "is_yours": rules.is_your_part(there, me) and (not is_ready or there.both_ready(step)),
        "asks_for_needs": "needs" in request.GET,
        "press_id": uuid4(),
        **(_laid_out(request.person, kept) if step == "laid" else {}),
    }
    return render(request, "negotiation/talk.html", context, status=status)


def _laid_out(person: Person, kept: Kept) -> dict[str, Any]:
    options = _options(kept)
    agreed = queries.agreements_of(person, kept.circle, kept.record.id, [key for key, _words in options])
    mine, theirs = (kept.standing.opened["taps"][who] for who in (kept.circle.me, kept.other))
    one, other = (Answers(said.taps, said.finer, said.guess) for said in (mine, theirs))
    pair = words.Pair("", kept.circle.other_name)
    return {
        "places": words.places(options, one, other, pair, agreed, whose=_whose(kept)),
        "guesses": words.guesses(options, one, other, pair),
    }


def _sheets(kept: Kept, mine: Prepared | None, left: Left) -> dict[str, Sheet]:
    """Return the forms that are this person's to write in now, each with what they left unsaved in it."""
    there, me = kept.standing, kept.circle.me
    newest_of = {fields.get("kind", ""): (form_id, fields) for form_id, fields in reversed(left)}
    found: dict[str, Sheet] = {}
    if there.step in rules.APART and rules.may(there, me, "open") and not there.both_ready(there.step):
        of = there.step
        form_id, fields = newest_of.get(of) or (uuid4(), as_fields(mine.part.said if mine else None))
        version = sent_version(fields.get("version", "")) if of in newest_of else mine.record.version if mine else 0
        found[of] = Sheet(_form_apart(kept, of, initial=fields), form_id, version)
    for kind in _labels(kept):
        if rules.may(there, me, kind, _answered(kept, kind)):
            form_id, fields = newest_of.get(kind) or (uuid4(), {"words": _words_before(kept, kind)})
            found[kind] = Sheet(_form_of_words(kept, kind, initial=fields), form_id)
    return found


def _form_apart(
    kept: Kept, of: str, data: Any = None, *, initial: Any = None, is_ready: bool = True
) -> NeedsForm | TapsForm:
    if of == "needs":
        return NeedsForm(data, initial=initial, is_ready=is_ready)
    name = kept.circle.other_name
    return TapsForm(data, initial=initial, is_ready=is_ready, options=_options(kept), other=name, whose=_whose(kept))


def _form_of_words(kept: Kept, kind: str, data: Any = None, *, initial: Any = None) -> WordsForm:
    label, hint = _labels(kept)[kind]
    is_line = kind == "option"
    return WordsForm(data, initial=initial, label=label, hint=hint, is_line=is_line, auto_id=f"{kind}_%s")


def _labels(kept: Kept) -> dict[str, tuple[str, str]]:
    """Return each form of words with its label and its hint."""
    name = {"name": kept.circle.other_name}
    return {
        "sense": (
            _("What makes sense to me about %(name)s’s side is …") % name,
            _("Not that you agree: that you see how they come to it."),
        ),
        "correct": (_("What isn’t quite right yet"), ""),
        "loop": (
            _("Our loop, in words you both accept"),
            _("For instance: when I reach, you go quiet; when you go quiet, I reach harder."),
        ),
        "option": (_("Something you could do"), _("One short line. The odd ones too.")),
    }


def _answered(kept: Kept, kind: str) -> UUID | None:
    """Return the act that a form of words answers."""
    sense = kept.standing.senses.get(kept.other)
    return sense.id if kind == "correct" and sense else None


def _words_before(kept: Kept, kind: str) -> str:
    """Return the words that one's own are to take the place of."""
    there = kept.standing
    if kind == "loop" and there.loop:
        return there.loop.words
    sense = there.senses.get(kept.circle.me)
    return sense.words if kind == "sense" and sense else ""


def _options(kept: Kept) -> list[tuple[str, str]]:
    return [(str(one.id), one.words) for one in kept.standing.options.values()]


def _whose(kept: Kept) -> dict[str, str]:
    name = kept.circle.other_name
    return words.whose_ideas(kept.standing.options, kept.circle.me, name)


def _written(fields: Mapping[str, str]) -> list[str]:
    """Return the words among a form's fields."""
    found = (fields.get(name, "").strip() for name in ("need", "fear", "matters", "words"))
    return [one for one in found if one]


def _notice(refused: Refused | Closed | Changed) -> str:
    if isinstance(refused, Refused):
        return refused.sentence
    if isinstance(refused, Closed):
        return _("This shared space is closed. What you wrote is here, nothing is lost; nobody else sees it.")
    return _("This was sent before with other words. Yours are below; nothing is lost.")


def _sent_id(request: PersonRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return UUID(int=0)


def _sent_loop(request: PersonRequest) -> UUID | None:
    return _sent_id(request, "on") if request.POST.get("on") else None


def _back(kept: Kept) -> HttpResponse:
    return HttpResponseRedirect(reverse("negotiation:talk", args=[kept.record.id]))
