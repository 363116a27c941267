"""What names are known: slots, their aliases, the headers of all formats, and what each of them means.

Built once per set of profiles. A header goes in, meanings come out, each with a weight and the reason for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

from ...models.slots import MODEL
from ...values.text import clean, edit_distance, normal
from ..headers import is_pattern
from .words import FORM, KINDS, NAMING, WHOSE, Variant, kind_of_words, split_words, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...profiles.schema import Profile, Table

__all__ = ["Meaning", "Names", "Target", "kind_of", "known_names"]

# How sure a name is by where it stands. The slot's own name is the model's word; a header of one format may be that format's habit.
_OWN, _ALIAS, _FORMATS, _FORMAT = 1.0, 0.95, 0.95, 0.88
_OF_HOST = 0.93
# A name that is only like a known one is worth at most this much of it.
_LIKE = 0.85
# The same words in another order, or in short.
_SAME_WORDS, _OTHER_ORDER = 0.93, 0.8
# Of two readings of a header alike, the exact one is told.
_EXACT = 0.03
# A header that the sheet's name completes.
_COMPLETED = 0.85
# "Scan protocol" may name a protocol, but it is a slot of its own.
_BESIDE_KNOWN = 0.85
_OF_TERMS: Final = frozenset({"ontology", "term", "curie"})
# Words shorter than this are not taken apart, nor are their slips forgiven.
_TWO_WORDS = 6
# A header without the words that nobody knows, or that many headers of the sheet begin with.
_WITHOUT = 0.9
# A slot that this many kinds of record have says nothing of the record.
GENERAL = 4
# Shares of words below this say nothing.
_LEAST = 0.4
# Slots that a conversion fills itself, or that hold what has no slot.
_NEVER: Final = frozenset({"id", "stub", "missing", "rejected", "origin", "attributes"})


class Target(NamedTuple):
    """A slot of a kind of record; ``kind`` is ``Assay`` for every class of assay, ``Biosample`` for every material."""

    kind: str
    slot: str


class Meaning(NamedTuple):
    """What a name may mean. ``target`` is None where formats keep it as an attribute."""

    target: Target | None
    weight: float
    reason: str
    exact: bool


def kind_of(cls: str) -> str:
    """Return the kind of record that a class is of.

    Examples
    --------
    >>> kind_of("ProteomicsAssay"), kind_of("Material"), kind_of("Run")
    ('Assay', 'Biosample', 'Run')
    """
    return "Assay" if MODEL.is_a(cls, "Assay") else "Biosample" if MODEL.is_a(cls, "MaterialEntity") else cls


# What a sheet may be about.
_SUBJECTS: Final = (
    "Biosample",
    "Subject",
    "Assay",
    "Run",
    "DataFile",
    "Study",
    "Project",
    "Dataset",
    "Analysis",
    "Protocol",
    "Organization",
    "AccessPolicy",
)


def _as_named(kind: str, slot: str) -> Target:
    """A file's name is a slot of its own."""
    return Target(kind, "file_name" if kind == "DataFile" and slot == "name" else slot)


class _Entry(NamedTuple):
    words: frozenset[str]
    form: str


class Names:
    """All known names.

    Parameters
    ----------
    profiles
        The formats whose headers count.
    """

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._votes: dict[str, dict[Target | None, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._used: Counter[Target] = Counter()
        self._texts: dict[str, str] = {}
        self._own: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
        self._kinds: dict[str, tuple[str, ...]] = {}
        for profile in profiles:
            for table in profile.tables:
                self._learn(profile.family, table)
        self._slots()
        self._index()

    # --- learning ----------------------------------------------------------------------------------------------------

    def _learn(self, family: str, table: Table) -> None:
        for key, column in table.columns.items():
            if column.ignore or column.auto is not None:
                continue
            target = None
            if column.to:
                slot = column.to[0].partition(".")[2]
                target = Target(kind_of(table.record_of(column.to[0]).cls), slot)
                if target.kind == "Entry":
                    continue
                self._used[target] += 1
                if MODEL.slots[slot].kind == "attribute":
                    target = None
            for part in key.split("|"):
                text = part.strip()
                if "{name}" in text:
                    continue
                text = text.replace("{n}", "").strip() if is_pattern(text) else text
                form = normal(text)
                if form:
                    self._texts.setdefault(form, text)
                    self._votes[form][target].add(family)

    def _slots(self) -> None:
        owners: dict[str, dict[str, None]] = defaultdict(dict)
        for name, cls in MODEL.classes.items():
            if not cls.abstract and cls.container and name != "Entry":
                for slot in cls.slots:
                    owners[slot][kind_of(name)] = None
        for slot, kinds in owners.items():
            if slot in _NEVER:
                continue
            self._kinds[slot] = tuple(kinds)
            known = MODEL.slots[slot]
            listed = [a for language in known.aliases.values() for a in language] + list(known.title.values())
            for text, weight, reason in [
                (slot.replace("_", " "), _OWN, "the slot's own name"),
                *((a, _ALIAS, "another name of the slot") for a in listed),
            ]:
                form = normal(text)
                if form:
                    self._texts.setdefault(form, text)
                    self._own[form].setdefault(slot, (weight, reason))
                # What is said of an organism may be said of a host.
                of_host = "host" if slot == "organism" else f"host_{slot}"
                if form and text.isascii() and of_host in MODEL.slots and not form.startswith("host"):
                    self._texts.setdefault("host" + form, "host " + text)
                    self._own["host" + form].setdefault(of_host, (_OF_HOST, f"of a host: {reason}"))

    def _index(self) -> None:
        self._entries = [_Entry(_telling(split_words(text)), form) for form, text in sorted(self._texts.items())]
        self._same: dict[frozenset[str], list[str]] = defaultdict(list)
        for entry in self._entries:
            self._same[entry.words].append(entry.form)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for i, entry in enumerate(self._entries):
            for word in entry.words:
                self._by_word[word].append(i)
        count = len(self._entries)
        self._weight = {word: log(1 + count / len(found)) for word, found in self._by_word.items()}
        self._rare = log(1 + count)
        self._near: dict[str, tuple[str, ...]] = {}

    # --- asking ------------------------------------------------------------------------------------------------------

    def kinds(self, slot: str) -> dict[str, float]:
        """Return the kinds of record that have a slot, with the share of formats that fill it there."""
        kinds = self._kinds.get(slot, ())
        counts = {k: self._used[Target(k, slot)] + (0.5 if len(kinds) > 1 else 1) for k in kinds}
        top = max(counts.values(), default=1)
        return {k: n / top for k, n in counts.items()}

    def meanings(self, header: str, shared: frozenset[str] = frozenset(), about: str = "") -> list[Meaning]:
        """Return what a header may mean by its name alone, the likeliest first.

        Parameters
        ----------
        header
            As it stands in the sheet.
        shared
            Words that many headers of the sheet begin with: they name its maker rather than a property.
        about
            The kind of record that the sheet is about by its name, '' where it says none: ``size`` is then the size of a file.

        Examples
        --------
        >>> names = Names([])
        >>> names.meanings("collection_date")[0].target
        Target(kind='Biosample', slot='collection_date')
        >>> names.meanings("qwertz")
        []
        """
        best: dict[Target | None, Meaning] = {}
        ways = variants(header)
        # The term that a sample is described by is not the sample's name.
        of_term = bool(_OF_TERMS & set(split_words(header)))
        branded = self._without_brand(header, shared)
        known = False
        for way in [*ways, *branded, *(v for w in [*ways, *branded] if (v := self._without_unknown(w)) is not None)]:
            exact = self._exact(way)
            if known:
                exact = [m._replace(weight=m.weight * _BESIDE_KNOWN) for m in exact]
            known = known or any(m.target is not None and m.weight > _FORMAT for m in exact)
            named = [] if of_term else self._naming(way)
            beside = _BESIDE_KNOWN if known and not any(w in NAMING for w in way.words) else 1.0
            for meaning in exact + [m._replace(weight=m.weight * beside) for m in named]:
                _better(best, meaning)
        for meaning in self._completed(ways[0], about) if ways and about else ():
            _better(best, meaning)
        if max((m.weight for m in best.values() if m.target), default=0.0) < _LIKE:
            for way in [*ways, *branded]:
                for meaning in self._alike(way):
                    _better(best, meaning)
        return sorted(best.values(), key=lambda m: (-m.weight, m.target is None, m.target or Target("", "")))

    def _completed(self, way: Variant, about: str) -> list[Meaning]:
        """A header with the name of the record before it."""
        words = [w for w, kind in KINDS.items() if kind == about and w.isascii()]
        found = {m.target: m for w in words for m in self._meant(w + way.form, about) if m.target is not None and m.target.kind == about}
        return [m._replace(weight=m.weight * _COMPLETED, exact=False) for m in found.values()]

    def _without_brand(self, header: str, shared: frozenset[str]) -> list[Variant]:
        """The ways to read a header without the word that many headers of the sheet begin with."""
        first, _, rest = clean(header).replace("-", "_").replace(" ", "_").partition("_")
        if not rest or len(split_words(first)) != 1 or split_words(first)[0] not in shared:
            return []
        return [v._replace(weight=v.weight * _WITHOUT) for v in variants(rest)]

    def _without_unknown(self, way: Variant) -> Variant | None:
        """A header without numbers and the words that nobody knows, as long as two words are left."""
        known = [w for word in way.words if not word.isdigit() for w in self._spelt(word) if w in self._by_word]
        if len(known) < 2 or known == list(way.words):
            return None
        kind = "" if any(w in KINDS for w in known) else kind_of_words(way.words)
        return Variant("".join(known), tuple(known), way.weight * _WITHOUT, way.kind or kind)

    def _exact(self, way: Variant) -> list[Meaning]:
        found = [m._replace(weight=m.weight * way.weight, exact=way.weight > _WITHOUT - 0.01) for m in self._meant(way.form, way.kind)]
        for form in self._same.get(_telling(way.words), ()) if len(way.words) > 1 else ():
            # "Material type" is no "type material": the last word is what the others say more of.
            ends = split_words(self._texts[form])[-1:] == way.words[-1:] or " of " in self._texts[form]
            weight = way.weight * (_SAME_WORDS if ends else _OTHER_ORDER)
            found += [m._replace(weight=m.weight * weight, exact=False) for m in self._meant(form, way.kind)]
        return found

    def _meant(self, form: str, kind: str) -> list[Meaning]:
        """What a known form means, before it is asked how it was come by."""
        if len(form) < 2 and form.isascii():
            return []  # one letter is anybody's
        said = kind or kind_of_words(split_words(self._texts.get(form, "")))
        found: dict[Target | None, Meaning] = {}
        for own, (weight, reason) in self._own.get(form, {}).items():
            slot = own
            if MODEL.slots[slot].kind == "reference":
                # A column that names another record holds that record's name or accession; for authors there is a slot of names.
                for named in self._named(kind_of(MODEL.slots[slot].range), weight, reason):
                    _better(found, named)
                slot = f"{slot.removesuffix('s')}_names"
                if slot not in self._kinds:
                    continue
            owners = self.kinds(slot)
            for owner, share in owners.items():
                usual = 0.97 if len(owners) >= GENERAL else 0.9 + 0.1 * share
                fits = 1.0 if owner == said else usual if not said else 0.6 + 0.2 * share
                _better(found, Meaning(Target(owner, slot), weight * fits, f"{reason} {slot}", True))
        votes = self._votes.get(form, {})
        total = len({f for families in votes.values() for f in families})
        for target, families in votes.items():
            share = len(families) / total
            weight = (_FORMATS if len(families) > 1 else _FORMAT) * (0.7 + 0.3 * share)
            if kind and target is not None and target.kind != kind:
                weight *= 0.85
            listed = ", ".join(sorted(families)[:3]) + (" …" if len(families) > 3 else "")
            _better(found, Meaning(target, weight, f"so in {listed}", True))
        return list(found.values())

    def _named(self, kind: str, weight: float, reason: str) -> list[Meaning]:
        targets = [_as_named(kind, s) for s in ("name", "accessions")] if kind in KINDS.values() else []
        return [Meaning(t, weight * 0.92, f"{reason}: it names a {t.kind}", True) for t in targets]

    def _naming(self, way: Variant) -> list[Meaning]:
        """``run accession``, ``donor id``, ``Study Title``: a kind of record, and what is said of all of them."""
        words = [w for w in way.words if w not in WHOSE] or list(way.words)
        kinds = [KINDS[w] for w in words if w in KINDS]
        slots = [NAMING[w] for w in words if w in NAMING]
        if not words or len(kinds) + len(slots) < len(words):
            return []
        if not slots and words[-1] == "source":
            return []  # a "library source" is none; a "source name" is the name of one
        if words[0] == "number":
            return []  # how many there are
        slot = "accessions" if "accessions" in slots else slots[-1] if slots else "name"
        both = ("name", "accessions") if slot in ("name", "accessions") else (slot,)
        if not kinds and not way.kind:
            # A bare "id" is that of whatever the sheet is about.
            return [
                Meaning(_as_named(k, s), (0.85 if s == slot else 0.75) * way.weight, f"{slot} of a {k}", True)
                for k in _SUBJECTS
                for s in both
            ]
        found = []
        for kind, sure in ((way.kind, 0.92), (kinds[-1] if kinds else "", 0.9 if slots or len(kinds) == 1 else 0.75)):
            if kind:
                found += [
                    Meaning(_as_named(kind, s), (sure if s == slot else 0.86) * way.weight, f"{slot} of a {kind}", True) for s in both
                ]
        return found

    def _alike(self, way: Variant) -> list[Meaning]:
        words = _telling(w for word in way.words for w in self._spelt(word))
        if all(len(w) < 2 and w.isascii() for w in words):
            return []
        whole = sum(self._weight.get(w, self._rare) for w in words)
        shared: Counter[int] = Counter()
        for word in words:
            for i in self._by_word.get(word, ()):
                shared[i] += self._weight[word]  # type: ignore[assignment]
        found: list[Meaning] = []
        for i, common in shared.items():
            entry = self._entries[i]
            likeness = 2 * common / (whole + sum(self._weight[w] for w in entry.words))
            if likeness < _LEAST:
                continue
            for meaning in self._meant(entry.form, way.kind):
                weight = meaning.weight * way.weight * likeness * _LIKE
                found.append(Meaning(meaning.target, weight, f"like {self._texts[entry.form]!r} ({likeness:.2f})", False))
        return found

    def _spelt(self, word: str) -> tuple[str, ...]:
        """A word as it is known: one slip of the keyboard is forgiven in a long word, two words written as one are taken apart."""
        if word in self._by_word or len(word) < _TWO_WORDS or not word.isascii():
            return (word,)
        if word not in self._near:
            near = [w for w in self._by_word if w[0] == word[0] and abs(len(w) - len(word)) < 2 and edit_distance(w, word, 1) == 1]
            cuts = [(word[:i], word[i:]) for i in range(3, len(word) - 2)]
            both = next((c for c in cuts if c[0] in self._by_word and c[1] in self._by_word), None)
            ends = next(((c[1],) for c in cuts if c[1] in KINDS), None)
            self._near[word] = (min(near),) if near else both or ends or (word,)
        return self._near[word]


def _telling(words: Iterable[str]) -> frozenset[str]:
    """The words that say what a column is, where there are any beside those that say how it is written."""
    listed = frozenset(words)
    return frozenset(w for w in listed if w not in FORM and not w.isdigit()) or listed


def _better(best: dict[Target | None, Meaning], meaning: Meaning) -> None:
    known = best.get(meaning.target)
    if known is None or known.weight + _EXACT * known.exact < meaning.weight + _EXACT * meaning.exact:
        best[meaning.target] = meaning


_KNOWN: dict[tuple[int, ...], tuple[tuple[Profile, ...], Names]] = {}


def known_names(profiles: Sequence[Profile]) -> Names:
    """Return the names that the model and these formats know; made once for the same profiles."""
    key = tuple(map(id, profiles))
    if key not in _KNOWN:
        # The profiles are held, so that no other ones get their ids.
        _KNOWN.clear()
        _KNOWN[key] = (tuple(profiles), Names(profiles))
    return _KNOWN[key][1]
