"""Small files as the programs write them, invented."""

import io
import json
import zipfile
from typing import Any

DAY_ONE: dict[str, Any] = {
    "metadata": {"version": "1.0"},
    "entries": [
        {
            "uuid": "0F1E2D3C4B5A69788796A5B4C3D2E1F0",
            "creationDate": "2024-05-03T18:30:00Z",
            "modifiedDate": "2024-05-04T07:00:00Z",
            "timeZone": "Europe/Berlin",
            "text": "# A quiet day\n\n![](dayone-moment://0F1E)\n\nWe went home early\\. It was good\\.",
            "tags": ["home", "slow evening"],
            "photos": [{"identifier": "0F1E", "type": "jpeg"}],
            "weather": {"temperatureCelsius": 12.5},
        },
        {
            "creationDate": "2024-05-05T06:00:00Z",
            "richText": json.dumps({"contents": [{"text": "Only rich "}, {"embeddedObjects": []}, {"text": "text"}]}),
            "isAllDay": False,
        },
        {"creationDate": "2024-05-06T06:00:00Z", "videos": [{"identifier": "1"}]},
    ],
}

JOURNIV_OLD = {
    "export_version": "1.0",
    "export_date": "2025-12-01T10:00:00Z",
    "app_version": "0.1.0-beta",
    "user_email": "mia@example.org",
    "journals": [
        {
            "title": "Evenings",
            "entries": [
                {
                    "title": "Rain",
                    "content": "We stayed in and talked.",
                    "entry_date": "2025-03-02",
                    "entry_datetime_utc": "2025-03-02T20:15:00",
                    "entry_timezone": "Europe/Berlin",
                    "tags": ["rain"],
                    "mood_log": {"mood_name": "calm", "note": None, "logged_date": "2025-03-02"},
                    "media": [{"filename": "a.jpg"}],
                    "created_at": "2025-03-02T20:20:00Z",
                }
            ],
        }
    ],
}

JOURNIV_NEW = {
    "export_version": "1.5",
    "app_version": "0.1.0-beta.30",
    "journals": [{"title": "Evenings"}],
    "moments": [
        {
            "logged_at_utc": "2026-01-10T19:00:00Z",
            "logged_timezone": "Europe/Berlin",
            "primary_mood_name": "good",
            "tags": ["tea"],
            "media": [{"filename": "b.png"}],
            "entry": {
                "title": None,
                "content_plain_text": None,
                "content_delta": {"ops": [{"insert": "Tea and "}, {"insert": {"image": "x"}}, {"insert": "talk.\n"}]},
                "created_at": "2026-01-10T19:05:00Z",
            },
        },
        {"logged_at_utc": "2026-01-11T19:00:00Z", "note": "Only a note.", "entry": None},
        {"logged_at_utc": "2026-01-12T19:00:00Z", "primary_mood_name": "good", "entry": None},
    ],
}

MONTH = {
    "days": [
        {
            "day": 3,
            "text": "We walked by the river.",
            "date_written": "2024-05-03T21:40:00+02:00",
            "tags": [1, 7],
            "files": [{"filename": "river.jpg"}],
            "isBookmarked": True,
        },
        {"day": 4, "text": "Written the day after.", "date_written": "05. Mai 2024, 08:00 Uhr"},
        {"day": 5, "files": [{"filename": "b.jpg"}]},
    ]
}
TAGS = {"tags": [{"id": 1, "name": "river", "color": "#fff", "icon": "x"}]}


def dumped(document: Any) -> bytes:
    return json.dumps(document, indent=1).encode()


def packed(files: dict[str, Any], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these files; what isn't bytes is written as JSON."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packing) as out:
        for path, content in files.items():
            out.writestr(path, content if isinstance(content, bytes) else dumped(content))
    return held.getvalue()


DAILYTXT = {"2024/05.json": MONTH, "tags.json": TAGS, "templates.json": {"templates": []}, "files/river.jpg": b"jpg"}
