"""Addresses of judges."""

from django.urls import path

from competitions.judges.web import answering, conduct, naming, panels, pool, seats

app_name = "judges"
urlpatterns = [
    path("judges/", pool.pool, name="pool"),
    path("judges/new/", pool.new_judge, name="new_judge"),
    path("judges/answer/<str:word>/", answering.answer, name="answer"),
    path("judges/<uuid:uid>/", pool.judge, name="judge"),
    path("places/<uuid:uid>/", panels.place, name="place"),
    path("events/<str:event_code>/judges/", seats.judges, name="judges"),
    path("events/<str:event_code>/judges/cards/", seats.cards, name="cards"),
    path("events/<str:event_code>/conduct/", conduct.conduct, name="conduct"),
    path("events/<str:event_code>/nominations/", naming.nominations, name="nominations"),
    path("events/<str:event_code>/nominations/new/", naming.new_nomination, name="new_nomination"),
    path("events/<str:event_code>/panels/", panels.panels, name="panels"),
    path("events/<str:event_code>/panels/vacancy/", panels.vacancy, name="vacancy"),
]
