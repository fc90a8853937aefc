from django.urls import path

from kindline.mine.journal import finding, looking, views

app_name = "journal"
urlpatterns = [
    path("", finding.entries, name="list"),
    path("search/", finding.search, name="search"),
    path("back/", looking.patterns, name="patterns"),
    path("write/", views.write, name="write"),
    path("let-go/", views.let_go, name="let-go"),
    path("<uuid:entry_id>/", views.entry, name="entry"),
    path("<uuid:entry_id>/kept/", views.kept, name="kept"),
    path("<uuid:entry_id>/edit/", views.edit, name="edit"),
    path("<uuid:entry_id>/delete/", views.delete, name="delete"),
    path("<uuid:entry_id>/look-again/", looking.look_again, name="look-again"),
    path("<uuid:entry_id>/ways/", looking.ways, name="ways"),
]
