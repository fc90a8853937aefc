"""Every address: a room's own under its path, the front's at the top."""

from django.urls import include, path

from kindline import rooms

handler404 = "kindline.front.care.views.not_found"
handler500 = "kindline.front.care.views.broken"

urlpatterns = [
    *(path("", include(f"kindline.front.{name}.urls")) for name in rooms.FRONT if name not in rooms.WITHOUT_PAGES),
    path("", include("kindline.ground.coaching.urls")),
    path("", include("kindline.ground.page.urls")),
    path("", include("kindline.ground.people.urls")),
    path("", include("kindline.ground.post.urls")),
    *(path(f"ours/{name}/", include(f"kindline.ours.{name}.urls")) for name in rooms.OURS),
    *(path(f"mine/{name}/", include(f"kindline.mine.{name}.urls")) for name in rooms.MINE),
]
