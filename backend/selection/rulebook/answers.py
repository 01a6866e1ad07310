"""What a call asks in words and numbers, and whether it was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

KINDS = ("text", "long", "whole", "amount", "yes")
MAX_LENGTH = {"text": 200, "long": 4000, "whole": 12, "amount": 16, "yes": 3}


@dataclass(frozen=True)
class Question:
    """kind: one of KINDS (`amount` is a decimal number, `yes` a box to tick); hint: what is meant."""

    key: str
    label: str
    kind: str = "text"
    required: bool = True
    hint: str = ""


def read_questions(raw: Iterable[Mapping[str, Any]]) -> list[Question]:
    """Questions as a call keeps them."""
    return [Question(**{k: q[k] for k in ("key", "label", "kind", "required", "hint") if k in q}) for q in raw]


def answer_problems(questions: Iterable[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by question: `MISSING`, `TOO_LONG`, `NOT_WHOLE`, `NOT_A_NUMBER`, `NEGATIVE`."""
    found = {q.key: _problem(q, str(answers.get(q.key, "")).strip()) for q in questions}
    return {key: code for key, code in found.items() if code}


def _problem(question: Question, answer: str) -> str:
    if not answer:
        return "MISSING" if question.required else ""
    if len(answer) > MAX_LENGTH[question.kind]:
        return "TOO_LONG"
    if question.kind not in ("whole", "amount"):
        return ""
    try:
        number = Decimal(answer)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        return "NOT_A_NUMBER"
    if number < 0:
        return "NEGATIVE"
    return "NOT_WHOLE" if question.kind == "whole" and number != number.to_integral_value() else ""
