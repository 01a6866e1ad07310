"""E-mail through the mail server of the settings (`EMAIL_HOST` and its neighbours)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from backend.notify.enums import Failure
from backend.notify.services.carriers import Letter, Refused, Unreachable

PERMANENT = 500


class SmtpLine:
    """One SMTP conversation for a batch."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def carry(self, letter: Letter) -> None:
        try:
            self.connection.send_messages([message_of(letter, self.connection)])
        except SMTPRecipientsRefused as error:
            code = max(code for code, _words in error.recipients.values())
            self._refuse(Failure.REFUSED, code, error)
        except (SMTPSenderRefused, SMTPDataError) as error:
            self._refuse(Failure.REJECTED, error.smtp_code, error)
        except SMTPResponseException as error:
            raise Unreachable(str(error.smtp_code)) from error
        except (SMTPServerDisconnected, SMTPException, OSError) as error:
            raise Unreachable from error

    @staticmethod
    def _refuse(failure: Failure, code: int, error: SMTPException) -> None:
        """From 500 on for good; below, this letter waits while the others go on."""
        if code >= PERMANENT:
            raise Refused(failure, str(code)) from error
        raise Unreachable(str(code), broken=code == 421) from error  # 421: the server is closing the conversation


class SmtpCarrier:
    """The operator's mail server."""

    def ready(self) -> bool:
        return bool(settings.EMAIL_HOST)

    @contextmanager
    def open(self) -> Iterator[SmtpLine]:
        connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
        try:
            connection.open()
        except SMTPResponseException as error:
            raise Unreachable(str(error.smtp_code)) from error
        except (SMTPException, OSError) as error:
            raise Unreachable from error
        try:
            yield SmtpLine(connection)
        finally:
            try:
                connection.close()
            except (SMTPException, OSError):  # it was answered already; a line that is gone needs no farewell
                pass


def message_of(letter: Letter, connection: Any) -> EmailMessage:
    """The e-mail: the same Message-ID at every attempt, and the link that turns further ones off."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    headers = {"Message-ID": f"<{letter.client_id.hex}@{domain}>", "Auto-Submitted": "auto-generated"}
    if letter.leave:
        headers["List-Unsubscribe"] = f"<{letter.leave}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = " ".join(letter.subject.split())[:200]
    return EmailMessage(subject, letter.text, to=[letter.address], headers=headers, connection=connection)
