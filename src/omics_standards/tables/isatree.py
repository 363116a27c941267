"""An ISA-JSON document as a tree of nodes: leaves in, nodes out that know where they stand and whether a cell has taken them.

References (``@id``) join what the document tells in several places, so it is held whole; the readers of trees bound its size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .leaves import BrokenTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .leaves import Leaf
    from .trees import Tree

__all__ = ["Node", "grow", "is_isa_json"]

# Keys whose values are lists in the specification: their entries are numbered even where there is one.
_LISTS: Final = frozenset(
    {
        "assays", "characteristicCategories", "characteristics", "comments", "components", "dataFiles", "derivesFrom", "factorValues",
        "factors", "inputs", "ontologySourceReferences", "otherMaterials", "outputs", "parameterValues", "parameters", "people",
        "processSequence", "protocols", "publications", "roles", "samples", "sources", "studies", "studyDesignDescriptors",
        "unitCategories",
    }
)  # fmt: skip
# Two of these are in every study that holds anything, and no other format has two of them.
_SIGNS: Final = frozenset(
    {
        ("ontologySourceReferences",),
        ("studies", "assays"), ("studies", "characteristicCategories"), ("studies", "materials"), ("studies", "processSequence"),
        ("studies", "protocols"), ("studies", "studyDesignDescriptors"), ("studies", "unitCategories"),
    }
)  # fmt: skip


class Node:
    """A value of the document.

    Attributes
    ----------
    text
        Of a scalar; '' for objects and lists.
    fate
        What became of a leaf: ``cell`` where a sheet shows it, ``frame`` (or ``field``) where it names or joins others, ''
        where nothing asked for it.
    """

    __slots__ = ("fate", "inner", "name", "parent", "place", "text")

    def __init__(self, parent: Node | None, name: str, place: int) -> None:
        self.parent = parent
        self.name = name
        self.place = place
        self.text = ""
        self.fate = ""
        self.inner: dict[str, list[Node]] = {}

    @property
    def path(self) -> str:
        """Where it stands: names from the root on, with the number of an entry."""
        if self.parent is None:
            return ""
        number = f"[{self.place}]" if self.name in _LISTS or self.place > 1 else ""
        return f"{self.parent.path}/{self.name}{number}"

    @property
    def kind(self) -> str:
        """The path without numbers."""
        return f"{self.parent.kind}/{self.name}" if self.parent is not None else ""

    def all(self, *names: str) -> list[Node]:
        """The values under a key, of a list its entries; under the second key within these, and so on."""
        found = [self]
        for name in names:
            found = [inner for node in found for inner in node.inner.get(name, ())]
        return found

    def one(self, *names: str) -> Node:
        """The first of :meth:`all`; a blank node where there is none."""
        return next(iter(self.all(*names)), _NOWHERE)

    @property
    def id(self) -> str:
        """What others call it by, or what a reference calls."""
        return self.one("@id").text or self.text

    def frame(self, *names: str) -> None:
        """Take the scalars under a key for names and joints, which are no values."""
        for node in self.all(*names):
            node.fate = node.fate or "frame"

    def leaves(self) -> Iterator[Node]:
        """All scalars that are not blank, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.text and not node.text.isspace():
                yield node
            for nodes in reversed(node.inner.values()):
                waiting += reversed(nodes)


_NOWHERE: Final = Node(None, "", 1)


def grow(tree: Tree) -> tuple[Node, BrokenTree | None]:
    """Read a document; of one that breaks off, what stands before, and the error.

    Raises
    ------
    ReadError
        It is broken before its first leaf, too large, or nests too deeply.
    """
    root = Node(None, "", 1)
    try:
        for block in tree.blocks():
            for names, places, text in block:
                node = root
                for name, place in zip(names, places, strict=True):
                    nodes = node.inner.setdefault(name, [])
                    while len(nodes) < place:
                        nodes.append(Node(node, name, len(nodes) + 1))
                    node = nodes[place - 1]
                node.text = text
    except BrokenTree as error:
        if not root.inner:
            raise
        return root, error
    return root, None


def is_isa_json(leaves: Iterable[Leaf]) -> bool:
    """Tell whether leaves are those of an investigation in ISA-JSON.

    Examples
    --------
    >>> from .leaves import Leaf
    >>> told = [("studies", "protocols", "name"), ("studies", "materials", "samples", "@id")]
    >>> is_isa_json(Leaf(names, (1,) * len(names), "x") for names in told)
    True
    >>> is_isa_json([Leaf(("studies", "title"), (1, 1), "x")])
    False
    """
    found = set()
    for leaf in leaves:
        found |= {leaf.names[:1], leaf.names[:2]} & _SIGNS
        if len(found) > 1:
            return True
    return False
