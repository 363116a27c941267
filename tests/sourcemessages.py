"""Every message that the code can make, found by reading it: literals and f-strings that end up in a finding, with their gaps filled."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import omics_standards

SOURCE = Path(omics_standards.__file__).parent
LAYERS = ("values", "checks", "tables", "mapping", "terms", "conversion", "models")
# Calls that take messages: places of the positional arguments that are messages.
TAKERS = {
    "Issue": (1, 2),
    "_Failed": (1, 2),
    "Violation": (2,),
    "column_finding": (2, 3),
    "_stand": (1, 2),
    "_qualified": (),
    "_Kind": (),
    "Amount": (),
}
NAMES = {"expected", "fix"}
MOST = 40


class Messages(ast.NodeVisitor):
    """Gathers the messages of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self.found: set[str] = set()
        self.functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
        self.constants = {
            t.id: n.value for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign) and n.value is not None for t in _targets(n)
        }
        self.scope: list[ast.FunctionDef] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.scope.append(node)
        for argument, default in zip(reversed(node.args.args), reversed(node.args.defaults), strict=False):
            if argument.arg in NAMES:
                self.found |= set(self.texts(default))
        self.generic_visit(node)
        self.scope.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        wanted = [node.args[i] for i in TAKERS.get(name, ()) if i < len(node.args)]
        wanted += [k.value for k in node.keywords if k.arg in NAMES]
        for value in wanted:
            self.found |= set(self.texts(value))
        self.generic_visit(node)

    def texts(self, node: ast.expr, depth: int = 0) -> list[str]:
        """The texts that an expression can give; [] where it cannot be told."""
        if depth > 6:
            return []
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=parts):
                choices = [self.filled(p, depth) for p in parts]
                return ["".join(c) for c in list(product(*choices))[:MOST]]
            case ast.IfExp(body=a, orelse=b):
                return self.texts(a, depth + 1) + self.texts(b, depth + 1)
            case ast.BoolOp(values=values):
                return [t for v in values for t in self.texts(v, depth + 1)]
            case ast.Name(id=name):
                return self.named(name, depth + 1)
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                returned = [n.value for n in ast.walk(self.functions[name]) if isinstance(n, ast.Return) and n.value is not None]
                self.scope.append(self.functions[name])
                texts = [t for value in returned for t in self.texts(value, depth + 1)]
                self.scope.pop()
                return texts
        return []

    def named(self, name: str, depth: int) -> list[str]:
        for function in reversed(self.scope):
            values = [n.value for n in ast.walk(function) if isinstance(n, ast.Assign) for t in _targets(n) if t.id == name]
            if values:
                return [t for v in values for t in self.texts(v, depth)]
        return self.texts(self.constants[name], depth) if name in self.constants else []

    def filled(self, part: ast.expr, depth: int) -> list[str]:
        """A piece of an f-string: itself, the texts of a choice, or a text that stands for any value."""
        if isinstance(part, ast.FormattedValue):
            known = self.texts(part.value, depth + 1) if isinstance(part.value, ast.IfExp | ast.Name | ast.Call) else []
            quoted = part.conversion == ord("r")
            return [repr(t) if quoted else t for t in known] or (["'Q7'"] if quoted else ["Q7"])
        return self.texts(part, depth)


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [t for t in targets if isinstance(t, ast.Name)]


def messages() -> dict[str, str]:
    """Each message that the source can make, and the module that makes it."""
    found: dict[str, str] = {}
    for layer in LAYERS:
        for path in sorted((SOURCE / layer).rglob("*.py")):
            if path.name == "_classes.py":
                continue
            visitor = Messages(tree := ast.parse(path.read_text(encoding="utf-8")))
            visitor.visit(tree)
            for text in visitor.found:
                found.setdefault(text, str(path.relative_to(SOURCE)))
    return {t: w for t, w in sorted(found.items()) if t.strip()}
