"""Catalogues of majors and industries, taken from their documents as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from backend.audit import services as audit
from backend.core import clock
from backend.core.actor import Actor
from backend.core.permissions import require
from backend.people.enums import CatalogueKind
from backend.people.imports import ItemDraft, as_workbook, read_catalogue
from backend.people.models import Catalogue, CatalogueItem
from backend.people.permissions import may_import_catalogues
from backend.people.services.sheets import marked_copy
from backend.spreadsheets.columns import CellError

SAMPLE_FILE = Path(__file__).parents[1] / "data" / "majors-sample.csv"
BATCH = 500


@dataclass(frozen=True, slots=True)
class CatalogueTaken:
    """What an import did; with errors nothing was written. Counts are of lines.

    marked: the workbook with its bad cells marked, b"" without errors.
    """

    catalogue: Catalogue | None
    errors: Sequence[CellError] = ()
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    marked: bytes = b""


@transaction.atomic
def import_catalogue(
    *, actor: Actor, content: bytes, kind: str, edition: str, title: str, source: str = "", sample: bool = False
) -> CatalogueTaken:
    """Take a whole edition, or a yearly supplement to one: lines are added and renamed, never removed.

    content: .xlsx or CSV. Raises SheetRefused where there is no list to read.

    Regulation: MAJORS-2021, GB-T-4754
    """
    require(may_import_catalogues(actor))
    found = Catalogue.objects.select_for_update().filter(kind=kind, edition=edition, sample=sample).first()
    known = {item.code: item for item in found.items.all()} if found else {}
    book = as_workbook(content)
    sheet = read_catalogue(book, CatalogueKind(kind), known=list(known))
    if sheet.errors:
        return CatalogueTaken(found, sheet.errors, marked=marked_copy(book, sheet=sheet.name, errors=sheet.errors))
    told = {"title": title, "source": source, "imported_at": clock.now()}
    found, _made = Catalogue.objects.update_or_create(kind=kind, edition=edition, sample=sample, defaults=told)
    taken = _take(found, sheet.drafts, known)
    audit.record(actor=actor, action="catalogue.import", subject=found.ref, added=taken.added, changed=taken.changed)
    return taken


def _take(catalogue: Catalogue, drafts: Sequence[ItemDraft], known: dict[str, CatalogueItem]) -> CatalogueTaken:
    new, changed = [], []
    for position, draft in enumerate(drafts, len(known) + 1):
        item = known.get(draft.code)
        if item is None:
            item = CatalogueItem(catalogue=catalogue, code=draft.code, position=position)
            new.append(item)
        elif (item.name, item.parent_code) != (draft.name, draft.parent_code):
            changed.append(item)
        item.name, item.level, item.parent_code = draft.name, draft.level, draft.parent_code
    CatalogueItem.objects.bulk_create(new, batch_size=BATCH)
    CatalogueItem.objects.bulk_update(changed, ["name", "level", "parent_code"], batch_size=BATCH)
    return CatalogueTaken(catalogue, (), len(new), len(changed), len(drafts) - len(new) - len(changed))


def load_sample_catalogue(*, actor: Actor) -> CatalogueTaken:
    """The few lines that the demo shows, marked as a sample; the documents themselves are imported."""
    return import_catalogue(
        actor=actor,
        content=SAMPLE_FILE.read_bytes(),
        kind=CatalogueKind.MAJORS,
        edition="2021",
        title="职业教育专业目录（样例）",
        source="样例：仅含两个专业大类，未与正式文件核对",
        sample=True,
    )
