"""Questions about the catalogues of majors and industries."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from backend.people.models import Catalogue, CatalogueItem


def catalogue_in_force(kind: str) -> Catalogue | None:
    """The newest imported edition; a sample only where no document was imported."""
    return Catalogue.objects.filter(kind=kind).order_by("sample", "-edition").first()


def class_name(code: str) -> str:
    """The name of a class of majors in the catalogue in force, "" where it has none with that code."""
    found = catalogue_in_force("majors")
    item = found.items.filter(code=code).first() if found else None
    return item.name if item else ""


def items_of(catalogue: Catalogue, words: str = "") -> QuerySet[CatalogueItem]:
    """A catalogue's lines in the document's order, by code or name."""
    found = CatalogueItem.objects.filter(catalogue=catalogue)
    if catalogue.kind == "majors":  # a supplement's majors belong among their class
        found = found.order_by("code")
    return found.filter(Q(code__startswith=words.upper()) | Q(name__icontains=words)) if words else found
