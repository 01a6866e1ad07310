"""The roof: settings, routes, processes, start-up checks and the demo season."""

from backend.config.celery import app as celery_app

__all__ = ["celery_app"]
