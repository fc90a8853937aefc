"""Holding a check-in: side by side with one screen between two, or apart, each on their own."""

from collections.abc import Sequence
from datetime import time
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kindline.ground.page.forms import read_back
from kindline.ground.page.views import sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.vault import unsaved
from kindline.ours.rhythms import actions, ledger, rules, words
from kindline.ours.rhythms.actions import Changed, Closed, Refused
from kindline.ours.rhythms.forms import LineForm
from kindline.ours.rhythms.ledger import InTalk
from kindline.ours.rhythms.views import back_to, rhythm_page

CONFLICT, INVALID = 409, 422
LET_GO = "let-go"  # of one's own words that were never given


@require_safe
def side_by_side(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Show a check-in for one screen between two. Nothing is written down, the address alone knows how far it is."""
    kept = ledger.kept(request.person, rhythm_id)
    part, until = request.GET.get("part", ""), _clock(request.GET.get("until", ""))
    if until is None or part not in {*rules.PARTS, rules.OVER}:
        part, until = "", timezone.localtime(timezone.now() + rules.LONGEST_CHECK_IN).time()
    parts = words.PARTS if kept.circle.others else words.PARTS_ALONE
    context = {
        "one": kept,
        "name": kept.circle.other_name,
        "part": parts.get(part),
        "steps": [parts[name].title for name in rules.PARTS],
        "first": rules.THANKS,
        "is_over": part == rules.OVER,
        "on": rules.after(part),
        "is_last": rules.after(part) == rules.OVER,
        "until": until,
        "until_sent": f"{until:%H:%M}",
    }
    return render(request, "rhythms/side.html", context)


@require_POST
def begin(request: PersonRequest, rhythm_id: UUID) -> HttpResponse:
    """Begin a check-in that both hold apart; it shows on both's pages."""
    kept = ledger.kept(request.person, rhythm_id)
    if not kept.circle.others or kept.rhythm.kind != rules.CHECK_IN:
        return back_to(kept)
    try:
        check_in_id = actions.begin(kept=kept, check_in_id=sent_form_id(request), now=timezone.now())
    except Closed:
        return rhythm_page(request, ledger.kept(request.person, rhythm_id), status=CONFLICT)
    return HttpResponseRedirect(reverse("rhythms:check-in", args=[check_in_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: PersonRequest, check_in_id: UUID) -> HttpResponse:
    """Hold a check-in apart: give a line, go on, or say that it is enough for today."""
    talk = ledger.check_in(request.person, check_in_id, timezone.now())
    if request.method != "POST":
        return _page(request, talk)
    part, act_id = request.POST.get("part", ""), sent_form_id(request)
    part = part if part in rules.PARTS else rules.THANKS
    if request.POST.get("do") == LET_GO:
        actions.let_go(person=request.person, act_id=act_id, now=timezone.now())
        return _back(talk)
    press = {rules.ON: actions.go_on, rules.ENOUGH: actions.stop}.get(request.POST.get("do", ""))
    if press is None:
        return _given(request, talk, LineForm(request.POST, part=part), part, act_id)
    try:
        press(person=request.person, talk=talk, part=part, act_id=act_id, now=timezone.now())
    except (Closed, Changed):
        return _page(request, talk, status=CONFLICT)
    return _back(talk)


@require_POST
def try_wish(request: PersonRequest, check_in_id: UUID) -> HttpResponse:
    """Lay a wish of one's own ready as something to try, to be read and given."""
    now = timezone.now()
    talk = ledger.check_in(request.person, check_in_id, now)
    try:
        line = UUID(request.POST.get("line", ""))
        made = actions.try_wish(person=request.person, talk=talk, line=line, now=now)
    except (ValueError, Refused):
        return _page(request, talk, status=CONFLICT)
    return HttpResponseRedirect(reverse("agreements:prepared", args=[made]))


def _given(request: PersonRequest, talk: InTalk, form: LineForm, part: str, act_id: UUID) -> HttpResponse:
    now, sent = timezone.now(), request.POST.get("words", "")
    if not form.is_valid():
        if _takes_lines(talk) or not sent.strip():
            return _page(request, talk, form=form, part=part, act_id=act_id, status=INVALID)
        return _kept_back(request, talk, sent, part, act_id)
    said = form.cleaned_data["words"]
    try:
        actions.give(person=request.person, talk=talk, part=part, words=said, act_id=act_id, now=now)
    except Changed:  # back after giving, other words, sent again: sent once more they are a line of their own
        talk = ledger.check_in(request.person, talk.record.id, now)
        return _page(request, talk, form=form, part=part, act_id=uuid4(), differs=True, status=CONFLICT)
    except (Refused, Closed):
        return _kept_back(request, talk, said, part, act_id)
    return _back(talk)


def _kept_back(request: PersonRequest, talk: InTalk, words: str, part: str, act_id: UUID) -> HttpResponse:
    """Answer to a line that came after the end: it stays with whoever wrote it, and on this page."""
    person, now = request.person, timezone.now()
    actions.keep_back(person=person, page=request.path, part=part, words=words, act_id=act_id, now=now)
    return _page(request, ledger.check_in(person, talk.record.id, now), came_too_late=True, status=CONFLICT)


def _page(
    request: PersonRequest,
    talk: InTalk,
    *,
    form: LineForm | None = None,
    part: str = "",
    act_id: UUID | None = None,
    status: int = 200,
    **says: Any,
) -> HttpResponse:
    here, is_over, circle = part or talk.standing.part, talk.standing.is_over, talk.kept.circle
    left = unsaved.left(request.person.keyring).get(request.path, [])
    if form is None and left:
        act_id, fields = left[0]
        kept_part = fields.get("part", [""])[0]
        here = kept_part if kept_part in rules.PARTS and is_over else here
        form = LineForm(initial=read_back(LineForm, fields), part=here if here in rules.PARTS else rules.WISH)
    form = form or LineForm(part=here if here in rules.PARTS else rules.WISH)
    names = {other.account: other.name for other in circle.others}
    # Who wrote and wiped it out again leaves an empty box behind: past the end that is nothing to give any more.
    has_words = bool((form["words"].value() or "").strip())
    may_give = _takes_lines(talk) and (has_words or not is_over)
    context = {
        "talk": talk,
        "one": talk.kept,
        "circle": circle,
        "name": next(iter(names.values()), ""),
        "part_name": here,
        "part": words.PARTS.get(here),
        "is_last": rules.after(here) == rules.OVER,
        "is_over": is_over,
        "may_give": may_give,
        "not_given": [] if may_give else [one for one in _words_in(left) if one[1].strip()],
        "before": _before(talk) if is_over else None,
        "form": form,
        "came_late": rules.came_late(talk.acts, circle.me),
        "form_id": act_id or uuid4(),
        "press_id": uuid4(),
        "given": [
            (words.PARTS[name].title, name, [(line, names.get(line.by, ""), line.by == circle.me) for line in lines])
            for name, lines in talk.standing.lines.items()
            if lines and (is_over or name == here)
        ],
        **says,
    }
    return render(request, "rhythms/check_in.html", context, status=status)


def _takes_lines(talk: InTalk) -> bool:
    """Say whether a line can be given here now."""
    return talk.kept.circle.is_open and rules.takes_lines(talk.check_in.until, talk.acts, timezone.now())


def _words_in(left: Sequence[unsaved.Left]) -> list[tuple[UUID, str]]:
    return [(form_id, fields.get("words", [""])[0]) for form_id, fields in left]


def _before(talk: InTalk) -> InTalk | None:
    """Return the check-in of the same rhythm that was held before this one and has lines in it."""
    earlier = (one for one in ledger.check_ins(talk.kept, timezone.now()) if one.has_lines)
    return next((one for one in earlier if one.check_in.began_at < talk.check_in.began_at), None)


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _back(talk: InTalk) -> HttpResponse:
    return HttpResponseRedirect(reverse("rhythms:check-in", args=[talk.record.id]))
