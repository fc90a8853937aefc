"""Looking at agreements: the list, one of them, its touchstone, and stepping back."""

from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kindline.ground.page.views import get_or_post, sent_form_id
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.inviting import is_on_the_way
from kindline.ours.agreements import actions, layout, queries, rules
from kindline.ours.agreements.actions import Changed, Closed, Moved, Refused
from kindline.ours.agreements.forms import FindForm

A_PAGE = 30  # lines of each kind
MOST_PAGES = 10_000
MANY = 8  # agreements, more than a phone shows at a glance


@get_or_post
def agreements(request: PersonRequest) -> HttpResponse:
    """List every agreement, by where it stands; or find some by a word, by post alone: it is as private as they are."""
    page_number = max(1, min(int(asked), MOST_PAGES)) if (asked := request.GET.get("page", "")).isdecimal() else 1
    everything = queries.overview(request.person)
    find = FindForm(request.POST if request.method == "POST" else None)
    asked = find.cleaned_data["asked"].strip() if find.is_valid() else ""
    start = (page_number - 1) * A_PAGE
    long = {name: getattr(everything, name) for name in ("standing", "mine", "resting", "past")}
    context = {
        "all": everything,
        **{name: lines[start : start + A_PAGE] for name, lines in long.items()},
        "newer": page_number - 1,
        "older": page_number + 1 if any(len(lines) > start + A_PAGE for lines in long.values()) else 0,
        "prepared": queries.in_preparation(request.person),
        "name": queries.other_name(request.person),
        "said_yes": "yes" in request.GET,
        "find": find if len(everything.everything) >= MANY or find.is_bound else None,
        "asked": asked,
        "found": everything.holding(asked),
    }
    return render(request, "agreements/list.html", context)


@require_safe
def agreement(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Show one agreement: what binds, what is open, whose answer it waits for."""
    return page(request, agreement_id, both="both" in request.GET)


@get_or_post
def step_back(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Step back from what stands, or take one's own open wording back: at once, without a reason."""
    one = queries.agreement(request.person, agreement_id)
    now, moves = timezone.now(), rules.moves(one.standing, one.circle.me, timezone.now())
    meant = one.standing.stands if "withdraw" in moves and "open" not in request.GET else one.standing.open
    if request.method != "POST":
        if meant is None or not moves & {"withdraw", "take-back"}:
            return HttpResponseRedirect(reverse("agreements:agreement", args=[agreement_id]))
        context = {"one": one, "meant": meant, "name": one.circle.other_name, "form_id": uuid4()}
        title = layout.title_of(meant.version.text, is_alone=not one.circle.others)
        context |= {"is_open": meant is one.standing.open, "title": title}
        return render(request, "agreements/back.html", context)
    act = actions.take_back if request.POST.get("do") == "take-back" else actions.withdraw
    try:
        act(
            person=request.person,
            agreement=agreement_id,
            exact=request.POST.get("exact", ""),
            nonce=sent_form_id(request),
            now=now,
        )
    except (Changed, Closed, Moved, Refused) as why:
        return hindered(request, agreement_id, why)
    return HttpResponseRedirect(reverse("agreements:agreement", args=[agreement_id]))


@require_safe
def touchstone(request: PersonRequest, agreement_id: UUID) -> HttpResponse:
    """Show the short note of an agreement, very large."""
    one = queries.agreement(request.person, agreement_id)
    stands = queries.relied_on(one)
    if stands is None:
        return HttpResponseRedirect(reverse("agreements:agreement", args=[agreement_id]))
    words = layout.touchstone_of(stands.version.text, is_alone=not one.circle.others)
    speaker = layout.speaker_of(one, stands)
    context = {
        "one": one,
        "speaker": "" if speaker == one.circle.me else layout.names_for(one.circle).get(speaker, ""),
        "words": words,
        "offer": stands.version.text.offer if stands.version.text.offer != words else "",
        "is_long": len(words) > layout.LONG_SENTENCE,
        "since": one.standing.since,
        "is_alone": not one.circle.others,
    }
    return render(request, "agreements/touchstone.html", context)


def hindered(request: PersonRequest, agreement_id: UUID, why: Exception, word: str = "") -> HttpResponse:
    """Render an agreement's page after an act that could not be done, with the words that came with it."""
    refused = why.sentence if isinstance(why, Refused) else ""
    return page(request, agreement_id, status=409, moved=isinstance(why, Moved | Changed), refused=refused, word=word)


def page(request: PersonRequest, agreement_id: UUID, *, status: int = 200, **says: object) -> HttpResponse:
    """Render an agreement's page as it stands now."""
    one = queries.agreement(request.person, agreement_id)
    there, me = one.standing, one.circle.me
    main = there.main
    if main is None:
        return render(request, "agreements/unreadable.html", {"says": says}, status=status)
    names, stands = layout.names_for(one.circle), there.stands
    asker, waits = one.facts.asker, there.waits_for(me)
    context = {
        "one": one,
        "there": there,
        "main": main,
        "laid": layout.laid(main.version.text, layout.before_it(one, main), names),
        "standing_laid": layout.laid(stands.version.text, None, names) if stands and stands is not main else None,
        "name": one.circle.other_name,
        "is_asker": asker == me,
        "is_author": main.version.author == me,
        "said_no": there.no_by == me,
        "waits": waits,
        "moves": rules.moves(there, me, timezone.now()),
        "answers": layout.answers_to(one, main, names),
        "mine": there.answers.get(me),
        "others": [said.statement for who, said in there.answers.items() if who != me],
        "about_mine": layout.about_what_is_mine(one, main) if waits else "",
        "history": layout.history(one, names, main) if len(one.facts.versions) > 1 else [],
        "is_older": queries.is_older(one),
        "short": main.digest[: layout.SHORT_DIGEST],
        "with_whom": "" if one.circle.others or not there.stands else queries.other_name(request.person),
        "may_be_ready": bool(there.stands) and not one.circle.others and is_on_the_way(request.person, timezone.now()),
        "talk": queries.talk_behind(one),
        "form_id": uuid4(),
        **says,
    }
    return render(request, "agreements/agreement.html", context, status=status)
