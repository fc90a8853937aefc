from django.urls import path

from kindline.mine.needs import asking, removing, saying, views, walking

app_name = "needs"
urlpatterns = [
    path("", views.needs, name="needs"),
    path("walk/", walking.walk, name="walk"),
    path("walks/", walking.walks, name="walks"),
    path("walks/<uuid:walk_id>/", walking.walked, name="walked"),
    path("walks/<uuid:walk_id>/edit/", walking.edit, name="edit"),
    path("walks/<uuid:walk_id>/delete/", removing.delete_walk, name="delete"),
    path("check/", views.check, name="check"),
    path("checks/", views.checks, name="checks"),
    path("checks/<uuid:check_id>/delete/", removing.delete_check, name="delete-check"),
    path("leaning/", asking.leaning, name="leaning"),
    path("leaning/by-hand/", asking.by_hand, name="by-hand"),
    path("questions/", asking.questions, name="questions"),
    path("readings/<uuid:reading_id>/", asking.reading, name="reading"),
    path("readings/<uuid:reading_id>/delete/", removing.delete_reading, name="delete-reading"),
    path("sentences/", saying.sentences, name="sentences"),
    path("sentences/new/", saying.new_sentence, name="new-sentence"),
    path("sentences/<uuid:sentence_id>/", saying.sentence, name="sentence"),
    path("sentences/<uuid:sentence_id>/delete/", removing.delete_sentence, name="delete-sentence"),
]
