"""SMS: a company's gateway is a class of your own that keeps the promise of `services.carriers`; a file for trying."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from backend.notify.services.carriers import Carrier, Letter, Line, Unreachable


class FileGateway:
    """Writes each SMS into a file of its own under `SMS_DIR`, readable by the program's account only.

    The file's name is the letter's client id, so a letter that comes again leaves one file.
    """

    def ready(self) -> bool:
        return True

    @contextmanager
    def open(self) -> Iterator[FileGateway]:
        try:
            Path(settings.SMS_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Unreachable from error
        yield self

    def carry(self, letter: Letter) -> None:
        path = Path(settings.SMS_DIR) / f"{letter.client_id.hex}.json"
        text = json.dumps({"to": letter.address, "text": letter.text}, ensure_ascii=False)
        fresh = path.with_suffix(".new")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)
            fresh.replace(path)
        except OSError as error:
            raise Unreachable from error


class ChosenGateway:
    """The gateway that `SMS_GATEWAY` names; none: SMS is not offered."""

    def ready(self) -> bool:
        return bool(settings.SMS_GATEWAY) and self._chosen().ready()

    @contextmanager
    def open(self) -> Iterator[Line]:
        with self._chosen().open() as line:
            yield line

    @staticmethod
    def _chosen() -> Carrier:
        gateway: Carrier = import_string(settings.SMS_GATEWAY)()
        return gateway
