from django.urls import path

from kindline.front.together import comparing, invited, inviting, leaving, views

app_name = "together"
urlpatterns = [
    path("together/", views.together, name="together"),
    path("together/more/", views.more, name="more"),
    path("together/invite/", inviting.invite, name="invite"),
    path("together/invite/back/", inviting.take_back, name="take-back"),
    path("together/same/", comparing.same, name="same"),
    path("together/differ/", comparing.differ, name="differ"),
    path("together/compare/", comparing.again, name="compare"),
    path("together/leave/", leaving.leave, name="leave"),
    path("together/closed/<uuid:space_id>/", leaving.closed, name="closed"),
    path("together/closed/<uuid:space_id>/keep/", leaving.keep, name="keep"),
    path("together/closed/<uuid:space_id>/remove/", leaving.remove, name="remove"),
    path("invited/", invited.invited, name="invited"),
    path("invited/yes/", invited.accept, name="accept"),
]
