"""Reading a scheme: its nodes, what they refer to, and an order in which they can be computed."""

from collections.abc import Iterator, Mapping

from backend.tabulation.document import Node, Scheme
from backend.tabulation.enums import Kind
from backend.tabulation.reading.fields import Fields, Findings, refuse_repeats
from backend.tabulation.reading.nodes import read_node

Reference = tuple[str, str]
"""The path at which a node names another one, and the code it names."""


class SchemeDraft:
    """A scheme as far as it could be read, and the codes that may be named even if their node is broken."""

    def __init__(self, fields: Fields) -> None:
        self._findings = fields.findings
        self.total = fields.code("total")
        self.nodes: dict[str, Node] = {}
        self.known: set[str] = set()
        self.references: dict[str, list[Reference]] = {}
        self._read_nodes(fields)
        fields.close()
        self.refuse_unknown([(f"{fields.path}.total", self.total)])
        for references in self.references.values():
            self.refuse_unknown(references)

    def _read_nodes(self, fields: Fields) -> None:
        codes: list[tuple[str, str]] = []
        for inner in fields.objects("nodes"):
            node = read_node(inner)
            code = inner.given_text("code") if node is None else node.code
            codes.append((f"{inner.path}.code", code))
            if code and code not in self.known:
                self._adopt(code, node, inner.path)
        refuse_repeats(codes, self._findings)

    def _adopt(self, code: str, node: Node | None, path: str) -> None:
        self.known.add(code)
        if node is not None:
            self.nodes[code] = node
            self.references[code] = list(_references(node, path))
            _refuse_repeated_operands(node, path, self._findings)

    def refuse_unknown(self, references: list[Reference]) -> None:
        for path, code in references:
            if code and code not in self.known:
                self._findings.add(path, f"names the node {code}, which the scheme does not have")

    def scheme(self) -> Scheme:
        order = _operands_first(self.references, self._findings)
        nodes = tuple(self.nodes[code] for code in order)
        return Scheme(self.total, nodes, self.nodes)


def _references(node: Node, path: str) -> Iterator[Reference]:
    code_at = "[0]" if node.kind is Kind.WEIGHTED else ""
    for place, code in enumerate(node.of):
        yield f"{path}.of[{place}]{code_at}", code
    for place, code in enumerate(node.minus):
        yield f"{path}.minus[{place}]", code


def _refuse_repeated_operands(node: Node, path: str, findings: Findings) -> None:
    references = list(_references(node, path))
    refuse_repeats(references[: len(node.of)], findings)
    refuse_repeats(references[len(node.of) :], findings)


def _operands_first(references: Mapping[str, list[Reference]], findings: Findings) -> list[str]:
    """Every code after all it refers to; a reference that closes a cycle is a problem.

    Walks with its own stack: schemes may be deeper than Python's.
    """
    order: list[str] = []
    finished: set[str] = set()
    open_nodes: set[str] = set()
    for start in references:
        stack = [] if start in finished else [(start, iter(references[start]))]
        open_nodes.update(code for code, _ in stack)
        while stack:
            code, rest = stack[-1]
            following = _first_unfinished(rest, finished, open_nodes, references, findings)
            if following is None:
                stack.pop()
                open_nodes.discard(code)
                finished.add(code)
                order.append(code)
            else:
                stack.append((following, iter(references[following])))
                open_nodes.add(following)
    return order


def _first_unfinished(
    rest: Iterator[Reference],
    finished: set[str],
    open_nodes: set[str],
    references: Mapping[str, list[Reference]],
    findings: Findings,
) -> str | None:
    for path, code in rest:
        if code in open_nodes:
            findings.add(path, f"makes the node {code} depend on itself")
        elif code in references and code not in finished:
            return code
    return None
