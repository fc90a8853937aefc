"""What the tests of the pages send and read, as a browser without scripts would."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.urls import reverse

from kindline.mine.drafts import queries
from tests.people import Somebody

BY_DAY = datetime(2026, 5, 4, 15, 40, tzinfo=UTC)
AT_NIGHT = datetime(2026, 5, 4, 22, 40, tzinfo=UTC)
LINES = {
    "need": "half an hour to land when I come home",
    "limit": "think at the door, so I’ll take a shower first",
    "ask": "keep the bills until we’ve eaten",
    "give": "I’ll ask about your day and listen",
}
WARM = "I need half an hour to land when I come home. How is that for you?"


def sent(**fields: object) -> dict[str, object]:
    return {"form_id": str(uuid4()), "version": 0, "kind": "boundary", "choice": "warm", "shown": "warm", **fields}


def begun(somebody: Somebody, **fields: object) -> UUID:
    somebody.client.post(reverse("drafts:new"), sent(**(fields or LINES), do="keep"))
    return queries.drafts(somebody.person)[0].id


def page_of(name: str, draft_id: UUID) -> str:
    return reverse(f"drafts:{name}", args=[draft_id])


def text_of(answer: HttpResponse) -> str:
    """Return what stands between a page's header and its footer, or a part as it is."""
    page = unescape(answer.content.decode())
    return page[page.find("<main") :].partition("</main>")[0] if "<main" in page else page


def on_sheet(answer: HttpResponse) -> str:
    [words] = re.findall(r'<textarea id="sheet"[^>]*>\n(.*?)</textarea>', text_of(answer), re.DOTALL)
    return words
