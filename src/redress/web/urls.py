from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Redress 闻过", content_type="text/plain; charset=utf-8")


urlpatterns: list[URLPattern] = [path("", home, name="home")]
