from django.urls import path

from kindline.ours.rhythms import holding, moving, planning, seasons, views

app_name = "rhythms"
urlpatterns = [
    path("", views.rhythms, name="list"),
    path("kinds/", views.kinds, name="kinds"),
    path("new/", planning.new, name="new"),
    path("season/", seasons.season, name="season"),
    path("season/end/", seasons.wake, name="wake"),
    path("check-in/<uuid:check_in_id>/", holding.check_in, name="check-in"),
    path("check-in/<uuid:check_in_id>/try/", holding.try_wish, name="try"),
    path("<uuid:rhythm_id>/", views.rhythm, name="rhythm"),
    path("<uuid:rhythm_id>/change/", planning.change, name="change"),
    path("<uuid:rhythm_id>/move/", moving.move, name="move"),
    path("<uuid:rhythm_id>/skip/", moving.skip, name="skip"),
    path("<uuid:rhythm_id>/put-back/", moving.put_back, name="put-back"),
    path("<uuid:rhythm_id>/mark/", views.mark, name="mark"),
    path("<uuid:rhythm_id>/mine/", views.mine, name="mine"),
    path("<uuid:rhythm_id>/end/", views.end, name="end"),
    path("<uuid:rhythm_id>/again/", views.take_up, name="again"),
    path("<uuid:rhythm_id>/side-by-side/", holding.side_by_side, name="side"),
    path("<uuid:rhythm_id>/begin/", holding.begin, name="begin"),
]
