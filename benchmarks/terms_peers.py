"""Answers texts with one program and says what it cost; run as a process of its own, in the environment of that program.

    python benchmarks/terms_peers.py PROGRAM FOLDER TEXTS.tsv COUNT OUT.json

All programs get the same names: FOLDER holds them as names.tsv (id, scope, name), terms.obo and terms.owl. TEXTS.tsv has a text and
the ids that are right for it. Seconds are CPU seconds of this process; loading lasts until the last text of the file is answered,
which comes first. Needs nothing but Python and the program itself.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WITHIN = ("UBERON", "CL")
Answers = list[str]
Program = Callable[[Path], Callable[[list[str]], Answers]]


def names_of(folder: Path) -> list[list[str]]:
    """Return (id, scope, name) of every name."""
    return [line.split("\t") for line in (folder / "names.tsv").read_text(encoding="utf-8").splitlines()]


def bundle(_: Path) -> Callable[[list[str]], Answers]:
    """Answer with the term that is accepted, else with the first suggestion after a question mark."""
    from omics_standards.terms import open_bundle

    opened = open_bundle()
    assert opened is not None

    def answer(texts: list[str]) -> Answers:
        found = [opened.ground(text, WITHIN) for text in texts]
        return [a.id if a.status == "mapped" and a.id else f"?{a.suggestions[0].id}" if a.suggestions else "" for a in found]

    return answer


def facade(_: Path) -> Callable[[list[str]], Answers]:
    """Answer through ``omics_standards.ground``, the whole list at once."""
    import omics_standards as om

    def answer(texts: list[str]) -> Answers:
        return [found.id or "" for found in om.ground(texts, WITHIN)]

    return answer


def opening(_: Path) -> Callable[[list[str]], Answers]:
    """Open the bundle anew for every text, and look it up."""
    from omics_standards.terms import open_bundle

    def answer(texts: list[str]) -> Answers:
        found = []
        for text in texts:
            opened = open_bundle()
            assert opened is not None
            with opened:
                found.append(opened.ground(text, WITHIN).id or "")
        return found

    return answer


def plain(folder: Path) -> Callable[[list[str]], Answers]:
    """Answer from a dictionary of the names in lower case: what looking up costs at least."""
    known = {name.lower(): identifier for identifier, _, name in names_of(folder)}

    def answer(texts: list[str]) -> Answers:
        return [known.get(text.lower(), "") for text in texts]

    return answer


def gilda(folder: Path) -> Callable[[list[str]], Answers]:
    """Answer with the first match of gilda, whose terms are made from the names."""
    from gilda.grounder import Grounder
    from gilda.process import normalize
    from gilda.term import Term

    rows = names_of(folder)
    labels = {identifier: name for identifier, scope, name in rows if scope == "label"}
    terms: dict[str, list[Any]] = {}
    for identifier, scope, name in rows:
        key = normalize(name)
        status = "name" if scope == "label" else "synonym"
        terms.setdefault(key, []).append(Term(key, name, identifier.partition(":")[0], identifier, labels[identifier], status, "bench"))
    grounder = Grounder(terms)

    def answer(texts: list[str]) -> Answers:
        found = [grounder.ground(text) for text in texts]
        return [matches[0].term.id if matches else "" for matches in found]

    return answer


def text2term(folder: Path) -> Callable[[list[str]], Answers]:
    """Answer with the best mapping of text2term (TF-IDF, its own threshold), which loads the ontology at each call."""
    import text2term as program

    def answer(texts: list[str]) -> Answers:
        table = program.map_terms(texts, str(folder / "terms.owl"), max_mappings=1, excl_metadata=True)
        best = dict(zip(table["Source Term"], table["Mapped Term CURIE"], strict=True))
        return [best.get(text, "") for text in texts]

    return answer


def oaklib(folder: Path) -> Callable[[list[str]], Answers]:
    """Answer from oaklib's lexical index, with the whole text in its default normal form."""
    from oaklib import get_adapter
    from oaklib.utilities.lexical.lexical_indexer import create_lexical_index

    index = create_lexical_index(get_adapter(f"simpleobo:{folder / 'terms.obo'}"))

    def answer(texts: list[str]) -> Answers:
        found = (index.groupings.get(" ".join(text.lower().split())) for text in texts)
        return [sorted(g.relationships, key=lambda r: r.predicate != "rdfs:label")[0].element if g else "" for g in found]

    return answer


def rapidfuzz(folder: Path) -> Callable[[list[str]], Answers]:
    """Answer with the name that is most alike by token_sort_ratio."""
    from rapidfuzz import fuzz, process

    rows = names_of(folder)
    choices = [name.lower() for _, _, name in rows]

    def answer(texts: list[str]) -> Answers:
        found = (process.extractOne(text.lower(), choices, scorer=fuzz.token_sort_ratio) for text in texts)
        return [rows[place][0] for _, _, place in found]

    return answer


PROGRAMS: dict[str, tuple[str, Program]] = {
    "bundle": ("omics_standards.terms", bundle),
    "facade": ("omics_standards", facade),
    "opening": ("omics_standards.terms", opening),
    "plain": ("json", plain),
    "gilda": ("gilda", gilda),
    "text2term": ("text2term", text2term),
    "oaklib": ("oaklib", oaklib),
    "rapidfuzz": ("rapidfuzz", rapidfuzz),
}


def main(program: str, folder: str, texts: str, count: str, out: str) -> None:
    """Answer, compare, count."""
    module, make = PROGRAMS[program]
    every = [line.split("\t") for line in Path(texts).read_text(encoding="utf-8").splitlines()]
    rows = every[: int(count)]
    started = time.process_time()
    __import__(module)
    imported = time.process_time()
    answer = make(Path(folder))
    answer([every[-1][0]])
    loaded = time.process_time()
    found = answer([text for text, _ in rows])
    answered = time.process_time()
    right = [a.removeprefix("?") in expected.split("|") for a, (_, expected) in zip(found, rows, strict=True)]
    told = {
        "import": imported - started,
        "load": loaded - imported,
        "answer": answered - loaded,
        "n": len(rows),
        "right": sum(right),
        "wrong": sum(bool(a) and not ok for a, ok in zip(found, right, strict=True)),
        "accepted": sum(bool(a) and not a.startswith("?") for a in found),
        "accepted right": sum(ok and not a.startswith("?") for a, ok in zip(found, right, strict=True)),
    }
    Path(out).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
