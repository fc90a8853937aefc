from django.urls import path

from kindline.mine.drafts import carrying, views

app_name = "drafts"
urlpatterns = [
    path("", views.drafts, name="list"),
    path("new/", views.new, name="new"),
    path("grow/", views.grow, name="grow"),
    path("<uuid:draft_id>/", views.draft, name="draft"),
    path("<uuid:draft_id>/delete/", views.delete, name="delete"),
    path("<uuid:draft_id>/until-morning/", carrying.until_morning, name="until-morning"),
    path("<uuid:draft_id>/rehearse/", carrying.rehearse, name="rehearse"),
    path("<uuid:draft_id>/take/", carrying.take, name="take"),
    path("<uuid:draft_id>/touchstone/", carrying.touchstone, name="touchstone"),
    path("<uuid:draft_id>/said/", carrying.said, name="said"),
    path("<uuid:draft_id>/after/", carrying.after, name="after"),
]
