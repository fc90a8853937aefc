from django.urls import URLPattern

app_name = "page"
urlpatterns: list[URLPattern] = []
