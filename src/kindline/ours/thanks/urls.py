from django.urls import URLPattern

app_name = "thanks"
urlpatterns: list[URLPattern] = []
