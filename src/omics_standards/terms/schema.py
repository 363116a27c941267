"""The tables of a bundle, and the writer that fills them: :class:`SourceTerm` in, an SQLite file out.

A term is (number of its ontology, local part of its id): no table of ids is needed, and the largest ontology's ids
are small integers. Rows are staged unsorted in a second file and copied in the order of their key, which makes the
tables compact and the file the same for the same input.
"""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING, Final

from .answers import SCOPES, OntologyInfo
from .curies import split
from .forms import FORMS_VERSION
from .index import INDEX_TABLES, build_indexes
from .keys import KEY_VERSION, exact_key, folded_key
from .lookups import Local
from .versions import choose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .sources import SourceTerm

__all__ = [
    "APPLICATION_ID",
    "KEYS",
    "RELATIONS",
    "SCHEMA_VERSION",
    "BundleWriter",
    "encode_local",
    "read_infos",
]

SCHEMA_VERSION: Final = 2
KEYS: Final = f"{KEY_VERSION}.{FORMS_VERSION}"
"""Which forms of names a bundle was made with."""
APPLICATION_ID: Final = 0x6F6D7374  # "omst"; shown by file(1) and checked before a bundle is opened

RELATIONS: Final = ("is_a", "part_of", "merged")
_RELATION: Final[dict[str, int]] = {name: i for i, name in enumerate(RELATIONS)}
_SCOPE: Final[dict[str, int]] = {name: i for i, name in enumerate(SCOPES)}
_OBSOLETE_SCOPE: Final = _SCOPE["obsolete"]

_TABLES: Final = {
    # flags: 1 = obsolete
    "terms": ("ontology INTEGER, local, label TEXT, flags INTEGER", "ontology, local"),
    # altered: 1 where folding changed the exact key of the name, so that an exact match needs the name itself
    "names": ("ontology INTEGER, key TEXT, scope INTEGER, local, altered INTEGER", "ontology, key, scope, local"),
    "synonyms": ("ontology INTEGER, local, scope INTEGER, text TEXT", "ontology, local, scope, text"),
    # parent: a local part; 'PREFIX:local' where the parent is of another ontology
    "edges": ("ontology INTEGER, local, relation INTEGER, parent", "ontology, local, relation, parent"),
    # kind: 0 = replaced_by, 1 = consider; place keeps the source's order
    "replacements": (
        "ontology INTEGER, local, kind INTEGER, place INTEGER, curie TEXT",
        "ontology, local, kind, place",
    ),
    "xrefs": ("ontology INTEGER, local, curie TEXT", "ontology, local, curie"),
}
_COLUMNS: Final = {name: columns.count(",") + 1 for name, (columns, _) in _TABLES.items()}
_SCHEMA: Final = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ontologies(number INTEGER PRIMARY KEY, prefix TEXT NOT NULL, title TEXT, version TEXT NOT NULL, licence TEXT,
  homepage TEXT, source TEXT, source_sha256 TEXT, hierarchy TEXT, includes TEXT, width INTEGER, terms INTEGER,
  names INTEGER, added INTEGER, iri TEXT, used INTEGER, chosen INTEGER, UNIQUE(prefix, version));
""" + "".join(
    f"CREATE TABLE {n}({columns}, PRIMARY KEY({key})) WITHOUT ROWID;\n" for n, (columns, key) in {**_TABLES, **INDEX_TABLES}.items()
)

_OBSOLETE_LABEL = re.compile(r"obsolete[\s_:.\-]+", re.IGNORECASE)
_BATCH: Final = 20_000


def encode_local(local: str) -> Local:
    """Return the local part of an id as the bundle stores it: an integer where ``str`` gives it back.

    Examples
    --------
    >>> encode_local("9606"), encode_local("0002107"), encode_local("C49152")
    (9606, '0002107', 'C49152')
    """
    if local.isascii() and local.isdigit() and local[0] != "0" and len(local) < 18:
        return int(local)
    return local


def read_infos(connection: sqlite3.Connection, database: str = "main") -> dict[int, OntologyInfo]:
    """Return the ontologies of an open bundle by number; ``database`` is the name it is attached by."""
    infos = {}
    for number, *values in connection.execute(f"SELECT * FROM {database}.ontologies ORDER BY number"):
        info = OntologyInfo(*values)
        infos[number] = info._replace(
            includes=tuple(json.loads(str(info.includes))), added=bool(info.added), used=bool(info.used), chosen=bool(info.chosen)
        )
    return infos


class BundleWriter:
    """Write ontologies into a new bundle, or into a copy of an old one.

    Parameters
    ----------
    path
        The file to write; a second file beside it, with ``.stage`` at its end, lives as long as the writer.

    Notes
    -----
    Nothing is safe to open before :meth:`finish`: the file is written without a journal, and the caller
    renames it into place.
    """

    def __init__(self, path: Path) -> None:
        self.stage = path.with_name(path.name + ".stage")
        self.stage.unlink(missing_ok=True)
        self._db = sqlite3.connect(path.absolute().as_uri(), isolation_level=None, uri=True)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._db.execute("PRAGMA cache_size=-65536")
        if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._db.executescript(f"PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={SCHEMA_VERSION};{_SCHEMA}")
        self._db.execute("ATTACH ? AS stage", (self.stage.absolute().as_uri(),))
        self._db.execute("PRAGMA stage.journal_mode=OFF")
        self._db.execute("PRAGMA stage.synchronous=OFF")
        for name, (columns, _) in _TABLES.items():
            self._db.execute(f"CREATE TABLE stage.{name}({columns})")
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Give up or be done: close the files and remove the staging file."""
        self._db.close()
        self.stage.unlink(missing_ok=True)

    def add(self, info: OntologyInfo, terms: Iterable[SourceTerm]) -> OntologyInfo:
        """Add one ontology, in place of the same version of it; other versions stay beside it.

        Parameters
        ----------
        info
            Its ``width``, ``terms`` and ``names`` are counted here; which version is in use is settled at the end.
        terms
            Terms of other prefixes (imported copies) are passed over.

        Returns
        -------
        OntologyInfo
            With the counts.
        """
        self.remove(info.prefix, info.version)
        number = self._next_number()
        stager = _Stager(self._db, number, info.prefix)
        stager.run(terms)
        counted = info._replace(width=stager.width(), terms=stager.count, names=stager.name_count)
        stored = {**counted._asdict(), "includes": json.dumps(counted.includes)}
        self._db.execute(f"INSERT INTO ontologies VALUES (?{',?' * len(stored)})", (number, *stored.values()))
        return counted

    def infos(self) -> dict[int, OntologyInfo]:
        """Return the ontologies by number, as they are now."""
        return read_infos(self._db)

    def choose(self, prefix: str, version: str) -> None:
        """Put one version in use because a person says so; '' leaves it to the newest again."""
        self._db.execute("UPDATE main.ontologies SET chosen=(version=?) WHERE prefix=?", (version, prefix))

    def remove(self, prefix: str, version: str | None = None) -> None:
        """Remove one version of an ontology (None: all); nothing happens where there is none."""
        for (number,) in self._db.execute(
            "SELECT number FROM main.ontologies WHERE prefix=? AND version=coalesce(?, version)", (prefix, version)
        ).fetchall():
            for table in _TABLES:
                self._db.execute(f"DELETE FROM main.{table} WHERE ontology=?", (number,))
                self._db.execute(f"DELETE FROM stage.{table} WHERE ontology=?", (number,))
            for table in INDEX_TABLES:
                self._db.execute(f"DELETE FROM main.{table} WHERE ontology=?", (number,))
            self._db.execute("DELETE FROM main.ontologies WHERE number=?", (number,))

    def carry_over(self, old: Path) -> tuple[OntologyInfo, ...]:
        """Copy what a person added to another bundle and this one lacks, and what they chose; return what was copied."""
        kept: list[OntologyInfo] = []
        self._db.execute("COMMIT")
        self._db.execute("ATTACH ? AS old", (f"{old.absolute().as_uri()}?mode=ro",))
        self._db.execute("BEGIN")
        fields = ", ".join(OntologyInfo._fields)
        here = {info.spec for info in self.infos().values()}
        for old_number, info in read_infos(self._db, "old").items():
            if info.added and info.spec not in here:
                number = self._next_number()
                self._db.execute(f"INSERT INTO main.ontologies SELECT ?, {fields} FROM old.ontologies WHERE number=?", (number, old_number))
                for table, (columns, _) in _TABLES.items():
                    others = ", ".join(c.split()[0] for c in columns.split(", ")[1:])
                    self._db.execute(
                        f"INSERT INTO stage.{table} SELECT ?, {others} FROM old.{table} WHERE ontology=?",
                        (number, old_number),
                    )
                kept.append(info)
            elif info.chosen and info.spec in here:
                self.choose(info.prefix, info.version)
        self._db.execute("COMMIT")
        self._db.execute("DETACH old")
        self._db.execute("BEGIN")
        return tuple(kept)

    def forget_recipe(self) -> None:
        """Have the next build not take this bundle for what it would make."""
        self._db.execute("DELETE FROM main.meta WHERE key='recipe'")

    def _next_number(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM main.ontologies").fetchone()[0])

    def _settle(self) -> None:
        """Put one version of each ontology in use."""
        by_prefix: dict[str, list[OntologyInfo]] = {}
        for info in self.infos().values():
            by_prefix.setdefault(info.prefix, []).append(info)
        for prefix, infos in by_prefix.items():
            self._db.execute("UPDATE main.ontologies SET used=(version=?) WHERE prefix=?", (choose(infos).version, prefix))

    def finish(self, meta: dict[str, str]) -> None:
        """Copy the staged rows into place, settle which versions are in use, write the meta table, and flush."""
        self._settle()
        for table, (columns, key) in _TABLES.items():
            names = ", ".join(c.split()[0] for c in columns.split(", "))
            # The first of rows with one key is kept: a term's own stanza before its mention as an alternative id.
            order = "ontology, local, flags, label DESC" if table == "terms" else f"{key}, {names}"
            self._db.execute(f"INSERT OR IGNORE INTO main.{table}({names}) SELECT {names} FROM stage.{table} ORDER BY {order}")
        build_indexes(self._db)
        meta = {"schema": str(SCHEMA_VERSION), "keys": KEYS, **meta, "complete": "1"}
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", sorted(meta.items()))
        self._db.execute("COMMIT")
        self.close()


class _Stager:
    """Turn the terms of one ontology into staged rows, a batch at a time."""

    def __init__(self, db: sqlite3.Connection, number: int, prefix: str) -> None:
        self._db = db
        self._number = number
        self._prefix = prefix
        self._rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _TABLES}
        self._widths: dict[int, int] = {}
        self.count = 0
        self.name_count = 0

    def run(self, terms: Iterable[SourceTerm]) -> None:
        for term in terms:
            prefix, local = split(term.id)
            if prefix != self._prefix or not local:
                continue
            self._term(term, local)
            if self.count % _BATCH == 0:
                self._flush()
        self._flush()

    def width(self) -> int:
        """Return the number of digits of nearly all ids; 0 where ids have no common width."""
        if not self._widths:
            return 0
        width, count = max(self._widths.items(), key=lambda item: (item[1], item[0]))
        return width if width and count >= 0.95 * sum(self._widths.values()) else 0

    def _flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._db.executemany(f"INSERT INTO stage.{table} VALUES (?{',?' * (_COLUMNS[table] - 1)})", rows)
                rows.clear()

    def _term(self, term: SourceTerm, local_text: str) -> None:
        number, local, rows = self._number, encode_local(local_text), self._rows
        digits = len(local_text) if local_text.isdigit() else 0
        self._widths[digits] = self._widths.get(digits, 0) + 1
        self.count += 1
        label = " ".join(term.label.split())
        obsolete = term.obsolete or bool(term.replaced_by and _OBSOLETE_LABEL.match(label))
        rows["terms"].append((number, local, label, int(obsolete)))
        seen: set[tuple[str, int]] = set()
        if obsolete:
            self._name(local, _OBSOLETE_SCOPE, label, seen)
            lead = _OBSOLETE_LABEL.match(label)
            if lead:  # "obsolete liver", EFO's "obsolete_liver": the name it had
                self._name(local, _OBSOLETE_SCOPE, label[lead.end() :], seen)
        else:
            self._name(local, 0, label, seen)
        if term.names:
            self._synonyms(term, local, obsolete, seen)
        for relation, parent in term.parents:
            prefix, parent_local = split(parent)
            if parent != term.id:
                stored: Local = encode_local(parent_local) if prefix == self._prefix else parent
                rows["edges"].append((number, local, _RELATION[relation], stored))
        if term.replaced_by or term.consider:
            for kind, curies in enumerate((term.replaced_by, term.consider)):
                rows["replacements"].extend((number, local, kind, i, curie) for i, curie in enumerate(curies))
        rows["xrefs"].extend((number, local, curie) for curie in term.xrefs)
        for other in term.alternatives:
            prefix, other_local = split(other)
            if prefix == self._prefix and other_local:
                rows["terms"].append((number, encode_local(other_local), "", 1))
                rows["replacements"].append((number, encode_local(other_local), 0, 0, term.id))

    def _synonyms(self, term: SourceTerm, local: Local, obsolete: bool, seen: set[tuple[str, int]]) -> None:
        for scope, text in sorted(term.names, key=lambda name: _SCOPE[name[0]]):
            clean = " ".join(text.split())
            if clean:
                place = _SCOPE[scope]
                self._rows["synonyms"].append((self._number, local, place, clean))
                self._name(local, _OBSOLETE_SCOPE if obsolete else place, clean, seen)

    def _name(self, local: Local, scope: int, text: str, seen: set[tuple[str, int]]) -> None:
        exact = exact_key(text)
        key = folded_key(exact)
        altered = int(key != exact)
        # A synonym that differs from the label or an earlier name in nothing that is compared adds nothing.
        if not key or (key, altered) in seen:
            return
        seen.add((key, altered))
        self._rows["names"].append((self._number, key, scope, local, altered))
        self.name_count += 1
