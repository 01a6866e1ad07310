"""How a page tells what kind of file a document is."""

from __future__ import annotations

from django import template

from backend.documents.models import Document
from backend.documents.projections import is_picture, size_words
from backend.documents.rulebook.examining import name_of

register = template.Library()
register.filter(is_picture)


@register.filter
def kept_as(document: Document) -> str:
    """The kind, the size and the pixels of what is kept."""
    content = document.content
    if content is None:
        return ""
    pixels = f" · {content.width}×{content.height}" if content.width else ""
    return f"{name_of(content.media_type)} · {size_words(content.size)}{pixels}"
