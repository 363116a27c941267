"""What a sheet of people's samples says that points at one of them; and, where a run redacts, what it says instead.

In: batches of rows on their way to the readers, and the plan of their sheet. Out: findings, and the batches, changed where a run redacts.
A row is of people where its organism or host is human, or its format describes nobody else; where nothing says whose a row is, only what
names a person directly is told. Columns are looked at as wholes first: a batch without any suspicious shape costs a look.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import Issue
from ..mapping.rows import data_rows, with_rows
from ..models.slots import MODEL
from ..tables import Batch
from ..values.missing import read_missing
from ..values.person_names import find_names, initials, is_name, may_name, pinyin_names
from ..values.personal import Hit, apart, find_personal, is_telephone, suspicious
from .people import PeopleMet
from .personal_values import DECIMALS, OLDEST, coarse_age, coarse_birth, coarse_date, coarse_point
from .private_columns import STAFF, human, private_columns
from .redaction import WITHHELD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ..findings import Finding
    from ..mapping.plan import Plan
    from ..records import Reading
    from .private_columns import PrivateColumn
    from .redaction import Redaction

__all__ = ["Guard", "Screened", "check_names"]

# Texts of a column remembered as harmless, and from how many new texts of a batch on they are looked at as a whole first.
_MEMORY: Final = 32_768
_MANY: Final = 32
# Texts of this many words say what nobody foresaw.
_WORDY: Final = 12

_ISSUES: Final[dict[str, tuple[str, str]]] = {
    "national-id": (
        "no number that a state, an insurance or a hospital gave a person",
        "put a code of the study in its place, and keep the key where the data is not",
    ),
    "record-number": ("no number of a patient's records", "put a code of the study in its place, and keep the key where the data is not"),
    "telephone": ("no telephone number of a person who was studied", "take it out"),
    "email": ("no e-mail address of a person who was studied", "take it out; of a contact, put it in the contact's field"),
    "address": ("no address of a person who was studied", "give the country or the province"),
    "name": ("a code of the study, not a name", "put a code in its place, in names of samples and files too"),
    "initials": ("a code of the study that is not made of a name", "if these are initials of names, put codes in their place"),
}
_RULES: Final[dict[str, tuple[str, str, str]]] = {
    "age": ("privacy-age", f"ages up to {OLDEST}, those above as one group (45 CFR 164.514(b)(2)(i)(C))", f"write '>{OLDEST}'"),
    "birth": ("privacy-birth-date", "the year of birth, or the age (45 CFR 164.514(b)(2)(i)(C))", "give the age, or the year"),
    "date": ("privacy-date", (
        "the year, where dates of a person's life must not be told (45 CFR 164.514(b)(2)(i)(C))"
    ), "give the year, or keep the day if the consent allows it"),
    "place": ("privacy-coordinates", (
        f"at most {DECIMALS} decimals (1.1 km) for a place of people"
    ), f"round to {DECIMALS} decimals or fewer"),
}  # fmt: skip


class Screened(NamedTuple):
    """A batch after the look at it: the rows that go on, findings, and what is told once for the sheet."""

    batch: Batch
    findings: list[Finding]
    seen: PeopleMet


class Guard:
    """Looks at the batches of one sheet.

    Parameters
    ----------
    plan
        The plan of the sheet.
    people
        Whose rows are that do not say it: True for people, False for others, None where it is not known.
    redaction
        What the run redacts; None for findings alone.
    """

    def __init__(self, plan: Plan, people: bool | None, redaction: Redaction | None = None) -> None:
        self._plan = plan
        self.people = people
        self._redaction = redaction
        self._width = -1
        self._columns: list[PrivateColumn] = []
        self._organisms: list[int] = []
        self._subject = self._line = -1
        self._harmless: dict[int, set[str]] = {}
        self._states: dict[object, bool | None] = {}
        self.coarse: dict[int, dict[object, str | None]] = {}
        self.said = _Said()

    def screen(self, batch: Batch) -> Screened:
        """Look at a batch.

        Findings
        --------
        privacy-national-id, privacy-record-number, privacy-telephone, privacy-email, privacy-address, privacy-name, privacy-initials,
        privacy-age, privacy-birth-date, privacy-date, privacy-coordinates, privacy-free-text
        """
        plan = self._plan
        known = data_rows(plan, batch, Counter())
        rows, numbers = known.rows, known.numbers
        if not rows:
            return Screened(batch, [], PeopleMet())
        if len(rows[0]) != self._width:
            plan.widen(len(rows[0]))
            self._width = len(rows[0])
            self._columns, self._organisms, self._subject, self._line = private_columns(plan, self._width)
            # Who has a surname, an identity card or a bed in a hospital is a person.
            if self.people is None and any(c.says in ("name", "national-id", "record-number") for c in self._columns):
                self.people = True
        states, people = self._whose(rows)
        seen = PeopleMet()
        seen.people |= people
        if states is None and not self.applying:
            return Screened(batch, [], seen)
        work = _Work(self, rows, numbers, states or [False] * len(rows), seen)
        work.look()
        work.count()
        if self.applying:
            work.scrub()
            # Rows that the plan leaves out go on as they are: nothing is read of them.
            told = dict(zip(numbers, work.changed_rows(), strict=True))
            batch = Batch([told.get(n, row) for n, row in zip(batch.numbers, batch.rows, strict=True)], batch.numbers)
        return Screened(batch, work.findings, seen)

    @property
    def applying(self) -> bool:
        """Whether cells are changed."""
        return self._redaction is not None and self._redaction.applying

    # --- whose rows --------------------------------------------------------------------------------------------------

    def _whose(self, rows: Sequence[Sequence[str]]) -> tuple[list[bool | None] | None, frozenset[str]]:
        """Say of each row whether it is of people (None: nothing says so); no list where all rows are of others."""
        at = (*self._organisms, *((self._line,) if self._line >= 0 else ()))
        if not at:
            return ([self.people] * len(rows) if self.people is not False else None), frozenset({"human"} if self.people else ())
        columns = [[row[i] for row in rows] for i in at]
        keys: Sequence[object] = columns[0] if len(at) == 1 else list(zip(*columns, strict=True))
        distinct = set(keys)
        for key in distinct - self._states.keys():
            self._states[key] = self._state((key,) if isinstance(key, str) else key)  # type: ignore[arg-type]
        met = {self._states[k] for k in distinct}
        people = frozenset(name for name, state in (("human", True), ("other", False)) if state in met)
        return ([self._states[k] for k in keys] if met - {False} else None), people

    def _state(self, texts: tuple[str, ...]) -> bool | None:
        organisms = [t for t in texts[: len(self._organisms)] if t and read_missing(t) is None]
        state = any(map(human, organisms)) if organisms else self.people
        if state and self._line >= 0 and texts[-1] and read_missing(texts[-1]) is None:
            # A line of cells in culture has no address; who gave it may be named all the same.
            return None
        return state

    # --- texts --------------------------------------------------------------------------------------------------------

    def hits(self, column: PrivateColumn, texts: Sequence[str]) -> dict[str, list[Hit]]:
        """Find what names a person in the texts of a column, by text."""
        found: dict[str, list[Hit]] = {}
        if not self._is_direct(column) or self._doubtful(column, texts):
            self._look_up(column, texts, found)
        if column.naming and not column.free and column.says != "name":
            found |= {t: [*found.get(t, ()), h] for t, h in self._evidence(column, texts).items()}
        return {t: apart(h) for t, h in found.items()}

    def _is_direct(self, column: PrivateColumn) -> bool:
        """Whether nearly every text of a column is new, so that none is worth remembering."""
        return column.owner >= 0 and self._plan.readers[column.owner].direct is True

    def _look_up(self, column: PrivateColumn, texts: Sequence[str], found: dict[str, list[Hit]]) -> None:
        """Look at the texts of a column that were not met before, one by one where any of them is in doubt."""
        harmless = self._harmless.setdefault(column.position, {""})
        new = set() if harmless.issuperset(texts) else set(texts) - harmless
        if new and self._doubtful(column, new):
            for text in filter(new.__contains__, dict.fromkeys(texts)):
                own = [h] if (h := _said(column.says, text)) is not None else self._own(column, text)
                if own:
                    found[text] = own
        if len(harmless) < _MEMORY:
            harmless.update(new - found.keys())

    @staticmethod
    def _doubtful(column: PrivateColumn, texts: Collection[str]) -> bool:
        """Whether any of some texts may hold something; few are looked at one by one."""
        if column.says or len(texts) <= _MANY:
            return True
        joined = "\n".join(texts)
        return not joined.isascii() or suspicious(joined) or (column.naming and any(m in joined for m in ("Mr", "Ms", "Miss")))

    def _own(self, column: PrivateColumn, text: str) -> list[Hit]:
        hits = [] if _PLACEHOLDER.match(text) else find_personal(text)
        if column.staff:
            return [h for h in hits if h.kind == "national-id"]
        # "Submitted by ada@example.org" in a title names who did the work.
        hits = [h for h in hits if h.kind == "national-id" or not STAFF.search(text[max(0, h.start - _BEFORE) : h.start])]
        return [*hits, *find_names(text)] if column.naming else hits

    def _evidence(self, column: PrivateColumn, cells: Sequence[str]) -> Mapping[str, Hit]:
        """What a column shows that no single text does: names in Pinyin, initials."""
        plan = self._plan
        place = (plan.source.file, plan.source.sheet, column.position)
        known = self._redaction.columns.get(place) if self._redaction is not None else None
        if not known and not may_name(cells):
            return {}
        texts = [t for t in dict.fromkeys(cells) if t]
        names = pinyin_names(texts, certain=known == "name")
        if names:
            kind = "name"
        else:
            kind, names = "initials", self._initials(column, texts, known)
        if names and self._redaction is not None:
            self._redaction.columns.setdefault(place, kind)
        return names

    def _initials(self, column: PrivateColumn, texts: list[str], known: str | None) -> dict[str, Hit]:
        if not known and not self._chinese(texts):
            return {}
        return initials(texts, certain=known == "initials", **({"least": _FEW} if column.named else {}))

    def _chinese(self, texts: Iterable[str]) -> bool:
        """Whether the format is one of a Chinese archive, or the column is written in Chinese: initials of Pinyin are likely there only."""
        return self._plan.profile.archive.startswith(_CHINESE) or _HAN.search("".join(texts)) is not None

    @property
    def today(self) -> int:
        """The year of the run."""
        return int((self._plan.env.today or "2026")[:4])


# The archives of mainland China: NGDC (GSA, OMIX) and CNGB (CNSA).
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_BEFORE: Final = 40
# Initials that make a column of them where its header says that it names people.
_FEW: Final = 4
_PLACEHOLDER: Final = re.compile(r"\s*<[^<>]*>\s*\Z")
_CHINESE: Final = ("NGDC", "GSA", "OMIX", "CN")


class _Said(dict[str, str]):
    """Texts to what they say: nothing where they say that a value is absent."""

    def __missing__(self, text: str) -> str:
        said = "" if not text or read_missing(text) is not None else text
        if len(self) < _MEMORY:
            self[text] = said
        return said


class _Work:
    """The look at one batch."""

    def __init__(
        self, guard: Guard, rows: Sequence[Sequence[str]], numbers: Sequence[int], states: Sequence[bool | None], seen: PeopleMet
    ) -> None:
        self.guard = guard
        self.plan = guard._plan
        self.redaction = guard._redaction
        self.columns: list[Sequence[str]] = list(zip(*rows, strict=True))
        self.numbers = numbers
        self.states = states
        self.seen = seen
        self.findings: list[Finding] = []
        self.human = any(states)
        self.others = False in states
        self.changed: dict[int, list[str]] = {}

    def look(self) -> None:
        """Go through the columns."""
        for column in self.guard._columns:
            texts = self.columns[column.position]
            hits = self.guard.hits(column, texts)
            if hits:
                self._tell_hits(column, texts, hits)
            if self.human and column.rule:
                self._judge(column, texts)
            if self.human and column.free:
                self._free_text(column, texts)

    def _rows(self, texts: Sequence[str], wanted: Mapping[str, object], *, human: bool = False) -> dict[str, list[int]]:
        """Positions of the rows of people (or of nobody knows whom) that hold certain texts."""
        found: dict[str, list[int]] = {}
        for i, text in enumerate(texts):
            if text in wanted and (self.states[i] if human else self.states[i] is not False):
                found.setdefault(text, []).append(i)
        return found

    def _tell_hits(self, column: PrivateColumn, texts: Sequence[str], hits: Mapping[str, list[Hit]]) -> None:
        for text, rows in self._rows(texts, hits).items():
            parts: list[str] = []
            last = 0
            for hit in hits[text]:
                parts += (text[last : hit.start], self._stand(column, hit, text))
                last = hit.end
            told = "".join((*parts, text[last:]))
            for kind in dict.fromkeys(h.kind for h in hits[text]):
                what = next(h.what for h in hits[text] if h.kind == kind)
                expected, fix = _ISSUES[kind]
                issue = Issue(f"privacy-{kind}", f"{expected} (found: {what})", fix)
                self._tell(issue, column, text, told, rows)
                for i in rows if self.guard.applying else ():
                    self._change(issue.code, column, i, told)

    def _stand(self, column: PrivateColumn, hit: Hit, text: str) -> str:
        token = text[hit.start : hit.end]
        if self.redaction is None:
            return token
        stand = self.redaction.learn(hit, token) if len(token) > 1 else WITHHELD
        whole = len(token) == len(text.strip())
        return WITHHELD if whole and not column.naming and hit.kind in ("telephone", "email", "address") else stand

    def _judge(self, column: PrivateColumn, texts: Sequence[str]) -> None:
        """Look at ages, dates and positions by what they were read as."""
        reader = self.plan.readers[column.reader] if column.reader >= 0 else None
        together = (*reader.columns, *reader.context) if reader is not None else (column.position,)
        keys = texts if len(together) == 1 else list(zip(*(self.columns[c] for c in together), strict=True))
        part = together.index(column.position)
        known = self.guard.coarse.setdefault(column.position, {})
        for key in set(keys) - known.keys():
            own = key if isinstance(key, str) else key[part]
            reading = reader.memo[key] if reader is not None and own else None
            known[key] = self._coarse(column, own, (key,) if isinstance(key, str) else tuple(key), part, reading) if own else None
        coarse = {k: told for k in set(keys) if (told := known[k]) is not None}
        if len(known) > _MEMORY:
            known.clear()
        if not coarse:
            return
        issue = Issue(*_RULES[column.rule])
        rows = [i for i, key in enumerate(keys) if key in coarse and self.states[i]]
        if not rows:
            return
        if column.rule not in ("date", "place"):
            found: dict[str, list[int]] = {}
            for i in rows:
                found.setdefault(texts[i], []).append(i)
            for text, own in found.items():
                self._tell(issue, column, text, coarse[keys[own[0]]], own)
        # Days and places are told once for the column; of a position, the first of two cells says it.
        elif part == 0:
            self._note(issue, column, rows)
        if self.guard.applying:
            for i in rows:
                self._change(issue.code, column, i, coarse[keys[i]])

    def _coarse(self, column: PrivateColumn, own: str, texts: tuple[str, ...], part: int, reading: Reading | None) -> str | None:
        match column.rule:
            case "age":
                return coarse_age(own, reading)
            case "birth":
                return coarse_birth(own, reading, self.guard.today)
            case "date":
                return coarse_date(own, reading)
        points = coarse_point(texts, reading) if reading is not None else coarse_point((own,), None)
        told = points[part if reading is not None else 0] if points is not None else own
        return told if told != own else None

    def _free_text(self, column: PrivateColumn, texts: Sequence[str]) -> None:
        wordy = {t: None for t in dict.fromkeys(texts) if t.count(" ") >= _WORDY or (len(t) > 3 * _WORDY and not t.isascii())}
        rows = [i for of in self._rows(texts, wordy, human=True).values() for i in of]
        if rows and len(wordy) > 2 and len(wordy) * 2 > len(rows):
            issue = Issue(
                "privacy-free-text",
                "text without anything that points at a person",
                "read it: a program finds numbers and names, not stories",
            )
            self._note(issue, column, rows)

    def _note(self, issue: Issue, column: PrivateColumn, rows: Sequence[int]) -> None:
        """Note what is told once for the column."""
        self.seen.note(issue, column.position, self.numbers[min(rows)], len(rows))

    def _tell(self, issue: Issue, column: PrivateColumn, text: str, told: str, rows: list[int]) -> None:
        """Note a finding; where the run redacts, with what stands in the cell from now on."""
        numbers = [self.numbers[i] for i in rows]
        plan, at = self.plan, column.position
        value = self.redaction.scrub(told) if self.redaction is not None and self.guard.applying else text
        finding = issue.at(plan.address(numbers[0], at), value=value, header=column.header, slot=column.slot)
        places = [plan.address(n, at).row or n for n in numbers] if plan.source.grid else numbers
        self.findings.append(with_rows(finding, numbers, places))

    def _change(self, rule: str, column: PrivateColumn, row: int, told: str) -> None:
        """Put something else into a cell, and write it down; what was left of the cell may hold something else."""
        assert self.redaction is not None
        told = self.redaction.scrub(told)
        self.redaction.note(self.plan.address(self.numbers[row], column.position), column.header, rule, told)
        self._cells(column.position)[row] = told

    def _cells(self, index: int) -> list[str]:
        return self.changed.setdefault(index, list(self.columns[index]))

    # --- redaction ----------------------------------------------------------------------------------------------------

    def scrub(self) -> None:
        """Put stand-ins wherever the dataset repeats what was found anywhere in it."""
        assert self.redaction is not None
        for column in self.guard._columns:
            texts = self.changed.get(column.position) or self.columns[column.position]
            weak = column.naming or not column.slot or MODEL.slots[column.slot.split(".")[1]].kind in ("string", "reference")
            for text in dict.fromkeys(texts):
                told, done = self.redaction.scrubbed(text, weak=weak)
                if not done:
                    continue
                cells = self._cells(column.position)
                for i in [i for i, t in enumerate(texts) if t == text]:
                    cells[i] = told
                    self.redaction.note(self.plan.address(self.numbers[i], column.position), column.header, done[0][0], told)

    def changed_rows(self) -> list[list[str]]:
        """The rows as they go on."""
        columns = [self.changed.get(i, column) for i, column in enumerate(self.columns)]
        return [list(row) for row in zip(*columns, strict=True)]

    def count(self) -> None:
        """Count the people of the batch by what neighbours know of them, where the sheet says two such things."""
        known = [c for c in self.guard._columns if c.quasi]
        if not self.human or len({c.quasi for c in known}) < 2:
            return
        subject = self.columns[self.guard._subject] if self.guard._subject >= 0 else [str(n) for n in self.numbers]
        told = [list(map(self.guard.said.__getitem__, self.columns[c.position])) for c in known]
        rows = zip(subject, zip(*told, strict=True), self.numbers, self.states, strict=True)
        self.seen.groups |= {(self.guard.said.get(s, s) or str(n), c) for s, c, n, state in rows if state and len(c) - c.count("") > 1}


def _said(says: str, text: str) -> Hit | None:
    """Find what a header says stands below it."""
    if not says or read_missing(text) is not None:
        return None
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    digits = sum(map(str.isdigit, text))
    match says:
        case "name":
            fits = is_name(text)
        case "telephone":
            fits = is_telephone(text)
        case "address":
            fits = digits > 0 or len(text) > 5
        case _:
            fits = digits >= 5
    return Hit(says, f"{says.replace('-', ' ')} by its header", start, end) if fits else None


def check_names(*names: str) -> Iterator[Issue]:
    """Look at the names of a file and its sheets.

    Findings
    --------
    privacy-national-id, privacy-telephone, privacy-email, privacy-name

    Examples
    --------
    >>> [i.code for i in check_names("王小明.xlsx", "Sheet1")], list(check_names("样本信息表.xlsx"))
    (['privacy-name'], [])
    """
    for name in names:
        for hit in (*find_personal(name), *find_names(name)):
            expected, fix = _ISSUES[hit.kind]
            yield Issue(f"privacy-{hit.kind}", f"{expected} (found: {hit.what}, in the name of a file or a sheet)", fix)
