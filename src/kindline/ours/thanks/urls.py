from django.urls import path

from kindline.ours.thanks import giving, views

app_name = "thanks"
urlpatterns = [
    path("", views.jar, name="thanks"),
    path("thank/", giving.thank, name="thank"),
    path("put-in/", giving.put_in, name="put-in"),
    path("of/<uuid:circle_id>/", views.jar_of, name="of"),
    path("of/<uuid:circle_id>/close/", views.close, name="close"),
    path("of/<uuid:circle_id>/open/", views.reopen, name="open"),
    path("<uuid:line_id>/", views.given, name="given"),
    path("<uuid:line_id>/take-back/", views.take_back, name="take-back"),
]
