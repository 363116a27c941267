"""Files of decisions: SSSOM TSV in, :class:`~omics_standards.terms.decisions.Decision` out, and back.

Texts are *literal mappings* of SSSOM: ``subject_type`` is ``rdfs literal`` and ``subject_label`` the text. The slot that a
decision was made for is ``subject_source`` (``omst:tissue``). ``subject_id``, which the specification leaves open for
literals, is the local term that stands for the text in a converted dataset, so that a graph and the file join.

Rows that are not touched keep all their columns. Reading and writing is done by ``sssom-pydantic``, imported where it is used.

References
----------
SSSOM: literal mappings, unmapped entities, TSV: https://mapping-commons.github.io/sssom/spec-model/,
https://mapping-commons.github.io/sssom/spec-formats-tsv/

``sssom-pydantic``: https://sssom-pydantic.readthedocs.io
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import DecisionError
from ..models.prefixes import PREFIXES, compress
from ..models.slots import MODEL
from ..values.local_terms import local_term_id
from ..values.text import clean
from ..whole import write_whole
from .decisions import PREDICATES, Decision, check_consistent
from .locking import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import curies
    from sssom_pydantic import MappingSetRecord, Record

__all__ = ["SssomFile", "is_orcid", "locked", "read_file"]

_NO_TERM: Final = "sssom:NoTermFound"
_LITERAL: Final = "rdfs literal"
_ANY_SLOT: Final = "any"

# Written in this order, which is the specification's; columns without a value are left out, these apart.
_ALWAYS: Final = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "subject_type")
_NEEDED: Final = frozenset({"predicate_id", "object_id", "mapping_justification"})
_CURIES: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification", "subject_source", "object_source")
# Prefixes that the specification itself declares (https://mapping-commons.github.io/sssom/spec-intro/#iri-prefixes), and ours.
_OWN: Final = {
    "omst": MODEL.namespace,
    "orcid": "https://orcid.org/",
    "bioregistry": "https://bioregistry.io/registry/",
}

_PYSTOW_HOME: Final = "PYSTOW_HOME"

_ORCID = re.compile(r"(?:(?:https?://)?orcid\.org/|orcid:)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])", re.IGNORECASE)

_NEW: Final[dict[str, object]] = {
    "mapping_set_id": f"{MODEL.namespace}decisions",
    "mapping_set_title": "Decisions on the texts of metadata spreadsheets",
    # What the specification has for "nothing was said": whoever publishes the file puts a licence here.
    "license": "https://w3id.org/sssom/license/unspecified",
    "sssom_version": "1.1",
}


def is_orcid(text: str) -> str | None:
    """Return an ORCID as a CURIE; None for any other text.

    Parameters
    ----------
    text
        With or without ``orcid:`` or its web address; the check digit must be right.

    References
    ----------
    ISO 7064 MOD 11-2, as ORCID uses it:
    https://support.orcid.org/hc/en-us/articles/360006897674-Structure-of-the-ORCID-Identifier

    Examples
    --------
    >>> is_orcid("https://orcid.org/0000-0002-1825-0097")
    'orcid:0000-0002-1825-0097'
    >>> is_orcid("0000-0002-1825-0098") is None, is_orcid("Josiah Carberry") is None
    (True, True)
    """
    found = _ORCID.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].replace("-", "").upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return f"orcid:{found[1].upper()}" if digits[-1] == ("X" if check == 10 else str(check)) else None


@cache
def _load_library() -> None:
    """Import ``sssom_pydantic`` without the folder that a part of it makes in the home of whoever imports it.

    ``pystow`` writes a README into ``~/.data`` when it is imported, and fails where the home cannot be written to; the folder is
    of no use here, so it is sent elsewhere for that moment.

    References
    ----------
    https://pystow.readthedocs.io/en/latest/installation.html#configuration
    """
    if "pystow" in sys.modules or _PYSTOW_HOME in os.environ:
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ[_PYSTOW_HOME] = folder
        try:
            import sssom_pydantic  # noqa: F401
        finally:
            del os.environ[_PYSTOW_HOME]


class SssomFile:
    """A file of decisions in memory.

    Attributes
    ----------
    path
        Its place.
    records
        The line that each row begins in, and the row.
    """

    def __init__(self, path: Path, metadata: MappingSetRecord, converter: curies.Converter, records: list[tuple[int, Record]]) -> None:
        self.path = path
        self.metadata = metadata
        self.converter = converter
        self.records = records

    def decisions(self) -> list[Decision]:
        """Return what its rows say, in their order.

        Raises
        ------
        DecisionError
            A row is no decision on a text, or two rows contradict each other.
        """
        found = [self._decision(line, record) for line, record in self.records]
        check_consistent(found)
        return found

    def update(self, decisions: Iterable[Decision]) -> tuple[int, int, int]:
        """Add decisions; one on the same text and slot takes the place of what the file said before.

        Parameters
        ----------
        decisions
            That do not contradict each other.

        Returns
        -------
        added, changed, unchanged : int
            How many of them were new, took the place of another, and were there already.
        """
        added = changed = unchanged = 0
        rows: list[tuple[Decision, int, Record] | None] = [(self._decision(line, record), line, record) for line, record in self.records]
        places: dict[tuple[str, str], list[int]] = {}
        for i, entry in enumerate(rows):
            if entry is not None:
                places.setdefault(entry[0].key, []).append(i)
        for new in decisions:
            of_text = places.setdefault(new.key, [])
            same = [i for i in of_text if (old := rows[i]) is not None and _replaces(new, old[0])]
            if any((old := rows[i]) is not None and _says_the_same(new, old[0]) for i in same):
                unchanged += 1
                continue
            row = (new, 0, self._record(new))
            if same:
                rows[same[0]] = row
                for i in same[1:]:
                    rows[i] = None
                changed += 1
            else:
                of_text.append(len(rows))
                rows.append(row)
                added += 1
        self.records = [(row[1], row[2]) for row in rows if row is not None]
        return added, changed, unchanged

    def text(self) -> str:
        """Return the file as it is written: the same decisions give the same bytes."""
        _load_library()
        import curies
        from sssom_pydantic import Record, write_unprocessed

        records = [record for _, record in self.records]
        filled = {c for r in records for c in r.model_fields_set if getattr(r, c) not in (None, [])} | set(_ALWAYS)
        used = {p for r in records for p in _prefixes_of(r)} | set(self.metadata.curie_map or ())
        for prefix in sorted(used - set(self.converter.bimap)):
            self.converter.add_prefix(prefix, _namespace(prefix))
        ours = {p: n for p, n in self.converter.bimap.items() if p in used | {"omst"}}
        out = io.StringIO(newline="")
        write_unprocessed(
            records,
            out,
            metadata=self.metadata.model_copy(update={"curie_map": None}),
            converter=curies.Converter.from_prefix_map(dict(sorted(ours.items()))),
            columns=[c for c in Record.model_fields if c in filled and c != "extensions"],
            condense=False,
        )
        # The canonical form of the format ends lines with U+000A alone; no value holds a line break.
        return out.getvalue().replace("\r\n", "\n")

    def save(self) -> None:
        """Write the file in one piece; it is left as it is where nothing would change.

        Raises
        ------
        DecisionError
            The folder cannot be written to.
        """
        data = self.text().encode("utf-8", "replace")

        def refused(why: str) -> DecisionError:
            return DecisionError(f"{self.path} cannot be written: {why}; name another file with --to")

        try:
            if self.path.is_file() and self.path.read_bytes() == data:
                return
        except OSError as e:
            raise refused(e.strerror or str(e)) from e
        write_whole(self.path, data, force=True, refused=refused)

    def _decision(self, line: int, record: Record) -> Decision:
        name = self.path.name
        text = clean(record.subject_label or "")
        if not text:
            raise DecisionError(f"{name}, line {line}: subject_label is empty; it holds the text that was decided on")
        slot = self._slot(line, record.subject_source)
        by = (*(record.author_id or ()), *(record.author_label or ()))
        common = {
            "text": text,
            "slot": slot,
            "confidence": 1.0 if record.confidence is None else record.confidence,
            "by": by,
            "date": record.mapping_date.isoformat() if record.mapping_date else "",
            "justification": record.mapping_justification,
            "comment": record.comment or "",
            "file": name,
            "line": line,
        }
        negated = record.predicate_modifier == "Not"
        if record.object_id == _NO_TERM:
            if negated:
                raise DecisionError(f"{name}, line {line}: Not with {_NO_TERM} has no meaning; name the term, or take Not away")
            return Decision(kind="none", **common)  # type: ignore[arg-type]
        if record.predicate_id not in PREDICATES:
            raise DecisionError(
                f"{name}, line {line}: the predicate {record.predicate_id!r} does not say what a text means; "
                "use skos:exactMatch, skos:closeMatch, skos:broadMatch or skos:narrowMatch"
            )
        return Decision(
            kind="not" if negated else "is",
            id=self._canonical(record.object_id),
            label=record.object_label or "",
            predicate=record.predicate_id,
            version=record.object_source_version or "",
            **common,  # type: ignore[arg-type]
        )

    def _canonical(self, curie: str) -> str:
        """Return a CURIE with the prefix that is used here (``obo:UBERON_0002107`` is ``UBERON:0002107``)."""
        whole = self.converter.expand(curie)
        return (compress(whole) if whole else None) or curie

    def _slot(self, line: int, source: str | None) -> str:
        whole = self.converter.expand(source) if source else None
        if whole is None or not whole.startswith(MODEL.namespace):
            return ""  # a decision on a vocabulary's texts holds wherever they stand
        slot = whole.removeprefix(MODEL.namespace)
        if slot not in MODEL.slots or MODEL.slots[slot].kind != "term":
            raise DecisionError(f"{self.path.name}, line {line}: subject_source {source} is no slot that holds terms; see docs/model.md")
        return slot

    def _record(self, one: Decision) -> Record:
        from sssom_pydantic import Record

        source = f"omst:{one.slot}" if one.slot else None
        none = one.kind == "none"
        orcids = [w for w in one.by if is_orcid(w)]
        values: dict[str, Any] = {
            "subject_id": local_term_id(one.slot or _ANY_SLOT, one.text),
            "subject_label": one.text,
            "subject_type": _LITERAL,
            "subject_source": source,
            "predicate_id": one.predicate,
            "predicate_modifier": "Not" if one.kind == "not" else None,
            "object_id": _NO_TERM if none else one.id,
            "object_label": one.label or None,
            # "The domain represented by the object_source": what the slot takes.
            "object_source": source if none else f"bioregistry:{one.id.partition(':')[0].lower()}",
            "object_source_version": one.version or None,
            "mapping_justification": one.justification,
            "author_id": [o for w in orcids if (o := is_orcid(w))] or None,
            "author_label": [w for w in one.by if w not in orcids] or None,
            "mapping_date": one.date or None,
            "confidence": one.confidence,
            "comment": clean(one.comment) or None,
        }
        return Record.model_validate({k: v for k, v in values.items() if v is not None})


def _replaces(new: Decision, old: Decision) -> bool:
    """Tell whether two decisions cannot both stand in one file, or are of one thing."""
    if new.key != old.key:
        return False
    if "not" in (new.kind, old.kind):
        return new.id == old.id
    return True


def _says_the_same(new: Decision, old: Decision) -> bool:
    return new.outcome() == old.outcome() and (new.confidence, clean(new.comment)) == (old.confidence, clean(old.comment))


def _prefixes_of(record: Record) -> Iterator[str]:
    for name in _CURIES:
        value = getattr(record, name)
        if value:
            yield value.partition(":")[0]
    for value in (*(record.author_id or ()), *(record.reviewer_id or ()), *(record.creator_id or ())):
        yield value.partition(":")[0]


def _namespace(prefix: str) -> str:
    return _OWN.get(prefix) or PREFIXES.get(prefix) or f"http://purl.obolibrary.org/obo/{prefix}_"


def new_file(path: Path) -> SssomFile:
    """Return a file without decisions; nothing is written yet."""
    _load_library()
    from sssom_pydantic import MappingSetRecord
    from sssom_pydantic.constants import BUILTIN_CONVERTER

    return SssomFile(path, MappingSetRecord.model_validate(_NEW), _copy_of(BUILTIN_CONVERTER, _OWN), [])


def _copy_of(builtin: curies.Converter, own: dict[str, str]) -> curies.Converter:
    import curies

    return curies.Converter.from_prefix_map({**own, **builtin.bimap})


def read_file(path: Path, *, new: bool = False) -> SssomFile:
    """Read a file of decisions.

    Parameters
    ----------
    path
        SSSOM TSV with its metadata in the file.
    new
        A file that is not there is an empty one.

    Raises
    ------
    DecisionError
        It cannot be read, is not SSSOM, or has a row that is none; the message names the line.
    """
    if new and not path.is_file():
        return new_file(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as e:
        raise DecisionError(f"{path} cannot be read as a file of decisions: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise DecisionError(f"{path.name} is not UTF-8 (byte {e.start}), which SSSOM files are") from e
    # Not str.splitlines, which also splits at characters that end no line of a file.
    lines = list(io.StringIO(text, newline=""))
    _load_library()
    head = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    metadata, converter = _metadata(path.name, lines[:head])
    return SssomFile(path, metadata, converter, list(_rows(path.name, lines, head, metadata, converter)))


def _metadata(name: str, lines: list[str]) -> tuple[MappingSetRecord, curies.Converter]:
    import curies
    import yaml
    from sssom_pydantic import MappingSetRecord
    from sssom_pydantic.constants import BUILTIN_CONVERTER

    if not lines:
        raise DecisionError(f"{name} is no SSSOM file: it does not begin with a block of metadata (#mapping_set_id: …)")
    try:
        entries = yaml.safe_load("".join(line[1:] for line in lines))
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        raise DecisionError(f"{name}{where}: the metadata are not YAML ({getattr(e, 'problem', None) or 'cannot be read'})") from e
    if not isinstance(entries, dict):
        raise DecisionError(f"{name} is no SSSOM file: its first lines hold no metadata (#mapping_set_id: …)")
    try:
        metadata = MappingSetRecord.model_validate(entries)
        given = {str(k): str(v) for k, v in (metadata.curie_map or {}).items()}
        converter = curies.chain([curies.Converter.from_prefix_map(given), BUILTIN_CONVERTER]) if given else _copy_of(BUILTIN_CONVERTER, {})
    except ValueError as e:
        raise DecisionError(f"{name}: the metadata are not those of SSSOM ({_first(e)})") from e
    return metadata, converter


def _rows(name: str, lines: list[str], head: int, metadata: MappingSetRecord, converter: curies.Converter) -> Iterator[tuple[int, Record]]:
    from sssom_pydantic.io import row_to_record

    reader = csv.reader(lines[head:], delimiter="\t", strict=True)
    propagated = metadata.get_propagatable()
    columns: list[str] | None = None
    start = head + 1
    try:
        for cells in reader:
            line, start = start, head + reader.line_num + 1
            if not any(map(str.strip, cells)):
                continue
            if columns is None:
                columns = [c.strip() for c in cells]
                if not _NEEDED.issubset(columns):
                    absent = ", ".join(sorted(_NEEDED.difference(columns)))
                    raise DecisionError(f"{name}, line {line}: the header of an SSSOM file is expected; it lacks {absent}")
                continue
            if len(cells) > len(columns):
                raise DecisionError(f"{name}, line {line}: {len(cells)} cells below {len(columns)} columns")
            row: dict[str, str | list[str]] = {c: v.strip() for c, v in zip(columns, cells, strict=False) if c and v.strip()}
            # The specification lets a literal be without an id; the library asks for one.
            if row.get("subject_type", propagated.get("subject_type")) == _LITERAL and "subject_id" not in row:
                row["subject_id"] = local_term_id(_ANY_SLOT, str(row.get("subject_label", "")))
            record = row_to_record(row, converter=converter, propagatable={k: v for k, v in propagated.items() if k not in row})
            _check_prefixes(name, line, record, converter)
            yield line, record
    except csv.Error as e:
        raise DecisionError(f"{name}, line {start}: {e}") from e
    except ValueError as e:
        raise DecisionError(f"{name}, line {line}: {_first(e)}") from e


def _check_prefixes(name: str, line: int, record: Record, converter: curies.Converter) -> None:
    for column in _CURIES:
        value = getattr(record, column)
        if value and (":" not in value or converter.expand(value) is None):
            prefix, colon, _ = value.partition(":")
            why = f"the prefix {prefix!r} is not in curie_map" if colon else "PREFIX:local is expected"
            raise DecisionError(f"{name}, line {line}: {column} is {value!r}; {why}")


def _first(error: ValueError) -> str:
    """The first complaint of a validation in one line."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return str(error).splitlines()[0]
    first = errors()[0]
    where = ".".join(map(str, first["loc"]))
    return f"{where}: {first['msg']}"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from changing the file; the lock lies in the folder for temporary files, not beside it."""
    name = sha256(str(path.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    with exclusive(Path(tempfile.gettempdir()) / f"omics-standards-{name}.lock", lambda: None):
        yield
