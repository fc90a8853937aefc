from django.urls import path

from kindline.ours.agreements import answering, preparing, printing, views

app_name = "agreements"
urlpatterns = [
    path("", views.agreements, name="list"),
    path("new/", preparing.new, name="new"),
    path("let-go/", preparing.let_go, name="let-go"),
    path("yes/", answering.yes_to_all, name="yes-to-all"),
    path("prepared/<uuid:prepared_id>/", preparing.prepared, name="prepared"),
    path("prepared/<uuid:prepared_id>/yes/", preparing.give, name="give"),
    path("prepared/<uuid:prepared_id>/delete/", preparing.delete, name="delete-prepared"),
    path("<uuid:agreement_id>/", views.agreement, name="agreement"),
    path("<uuid:agreement_id>/wording/", preparing.wording, name="wording"),
    path("<uuid:agreement_id>/for-two/", preparing.for_two, name="for-two"),
    path("<uuid:agreement_id>/yes/", answering.yes, name="yes"),
    path("<uuid:agreement_id>/no/", answering.no, name="no"),
    path("<uuid:agreement_id>/time/", answering.time, name="time"),
    path("<uuid:agreement_id>/back/", views.step_back, name="back"),
    path("<uuid:agreement_id>/touchstone/", views.touchstone, name="touchstone"),
    path("<uuid:agreement_id>/page/", printing.page, name="page"),
]
