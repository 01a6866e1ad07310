"""Reading the entries."""

from backend.tabulation.document import Entry
from backend.tabulation.enums import Status
from backend.tabulation.reading.fields import Fields, refuse_repeats


def read_entries(document: Fields) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    codes: list[tuple[str, str]] = []
    for fields in document.objects("entries"):
        entry = Entry(
            code=fields.code("code"),
            status=fields.choice("status", Status, Status.COMPETED),
            guest=fields.flag("guest", default=False),
            finalist=fields.flag("finalist", default=False),
            unit=fields.text("unit", ""),
        )
        fields.close()
        entries.append(entry)
        codes.append((f"{fields.path}.code", entry.code))
    refuse_repeats(codes, document.findings)
    return tuple(entries)
