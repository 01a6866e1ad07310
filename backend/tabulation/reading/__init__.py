"""From a tabulation/1 document to frozen values, or to every reason why it is refused."""

from collections.abc import Mapping
from typing import Any

from backend.tabulation.canonical import sha256_of
from backend.tabulation.document import Awards, Ranking, Scheme, Tabulation
from backend.tabulation.enums import Format, Order
from backend.tabulation.errors import Refused
from backend.tabulation.reading.awards import read_awards
from backend.tabulation.reading.entries import read_entries
from backend.tabulation.reading.fields import Fields, Findings
from backend.tabulation.reading.marks import MarksReader
from backend.tabulation.reading.ranking import read_ranking
from backend.tabulation.reading.scheme import SchemeDraft
from backend.tabulation.reading.text import parsed

Rules = tuple[Scheme, Ranking, Awards | None]


def read_tabulation(document: bytes | Mapping[str, Any]) -> Tabulation:
    """The tabulation, from its JSON text or from the value of it.

    Raises Refused with all problems at once.
    """
    raw = parsed(document) if isinstance(document, bytes) else document
    findings = Findings()
    fields = Fields(raw, "$", findings)
    fields.choice("format", Format)
    event = fields.inner("event")
    event_code, event_name = event.code("code"), event.text("name", "")
    event.close()
    draft = SchemeDraft(fields.inner("scheme"))
    scheme, ranking, awards = _rules(fields, draft)
    entries = read_entries(fields)
    marks = MarksReader(fields, draft.nodes, draft.known, entries).marks()
    fields.close()
    sha256 = _sha256(raw, findings)
    _refuse(findings)
    return Tabulation(event_code, event_name, scheme, entries, marks, ranking, awards, sha256)


def read_scheme(raw: Mapping[str, Any], path: str = "$") -> Scheme:
    """A scheme alone, to be kept and used with `compute_entry`; path is where problems are said to be."""
    findings = Findings()
    scheme = SchemeDraft(Fields(raw, path, findings)).scheme()
    _refuse(findings)
    return scheme


def read_rules(raw: Mapping[str, Any]) -> Rules:
    """An object of `scheme`, `ranking` and, if any, `awards`: what a rule set keeps of a tabulation."""
    findings = Findings()
    fields = Fields(raw, "$", findings)
    rules = _rules(fields, SchemeDraft(fields.inner("scheme")))
    fields.close()
    _refuse(findings)
    return rules


def _rules(fields: Fields, draft: SchemeDraft) -> Rules:
    scheme = draft.scheme()
    ranking = read_ranking(fields.inner("ranking"), draft)
    if "awards" not in fields:
        return scheme, ranking, None
    by_total = ranking.by[:1] == ((scheme.total, Order.DESC),)
    return scheme, ranking, read_awards(fields.inner("awards"), ranked_by_total=by_total)


def _sha256(raw: object, findings: Findings) -> str:
    """The document's hash; what cannot be written as JSON text is a problem of the whole document."""
    try:
        return sha256_of(raw)
    except UnicodeEncodeError:
        findings.add("$", "has half a surrogate pair, which is not UTF-8 text")
    except RecursionError:
        findings.add("$", "is nested too deeply")
    except (TypeError, ValueError) as error:
        findings.add("$", f"is not JSON ({error})")
    return ""


def _refuse(findings: Findings) -> None:
    if findings.problems:
        raise Refused(findings.problems)
