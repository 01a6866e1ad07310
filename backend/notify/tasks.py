"""Work of the outbox after commit."""

from celery import shared_task

from backend.core.later import task
from backend.notify import services


@task("notify.deliver")
def deliver() -> None:
    """Carry every copy that is due."""
    services.deliver_due()


@task("notify.tell_news")
def tell_news(notice_uid: str) -> None:
    """Write the notes of news to everybody who hears of it."""
    services.tell_news(notice_uid=notice_uid)


@task("notify.send_confirmation")
def send_confirmation(user_uid: str) -> None:
    services.send_confirmation(user_uid=user_uid)


@shared_task(name="notify.deliver_due")
def deliver_due() -> None:
    """What waits for its next attempt; every half minute."""
    services.deliver_due()
