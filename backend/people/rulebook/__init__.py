"""Pure rules over identifiers and official codes."""

from backend.people.rulebook.catalogues import level_of, parent_of
from backend.people.rulebook.identifiers import (
    Finding,
    IdReading,
    Sex,
    age_on,
    is_mobile,
    mask_id_number,
    mask_name,
    mask_phone,
    read_credit_code,
    read_id_number,
)
from backend.people.rulebook.members import KIND_OF, likely_member_kind

__all__ = [
    "KIND_OF",
    "Finding",
    "IdReading",
    "Sex",
    "age_on",
    "is_mobile",
    "level_of",
    "likely_member_kind",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "parent_of",
    "read_credit_code",
    "read_id_number",
]
