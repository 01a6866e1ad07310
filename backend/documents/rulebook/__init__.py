"""What a file is by its own bytes, and whether it is what was asked for: plain values, no Django."""

from backend.documents.rulebook.asking import Asked, Finding
from backend.documents.rulebook.examining import Examined, examine
from backend.documents.rulebook.pictures import smaller
from backend.documents.rulebook.sniffing import sniff

__all__ = ["Asked", "Examined", "Finding", "examine", "smaller", "sniff"]
