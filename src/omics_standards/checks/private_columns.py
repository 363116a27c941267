"""Which columns of a sheet can say something about a person, and what: told by the slots they feed and by their headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ..models.slots import MODEL

if TYPE_CHECKING:
    from ..mapping.plan import Plan
    from ..mapping.readers import Reader

__all__ = ["STAFF", "PrivateColumn", "human", "private_columns"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Records of those who did the work: their names and addresses are given so that they can be asked.
_STAFF_CLASSES: Final = frozenset(
    {"Person", "Organization", "Publication", "Project", "Study", "AccessPolicy", "Protocol", "MeasuringPlatform"}
)
STAFF: Final = re.compile(
    r"collect(?:ed|or)|investigator|contact|submit|curator|author|owner|operator|provider|technician|\blab\b|laborator"
    r"|cent(?:re|er)\b|institut|registrar|(?:^|[\s_])pi(?:$|[\s_])"
    r"|perform|organi[sz]ation|publication|identified|analyst|sequenced by|responsible|physician|doctor|generated|prepared"
    r"|extracted|contribut|maintain|created|updated"
    r"|采集人|负责人|联系人|提交|操作|单位|医生|作者|机构",
    re.IGNORECASE,
)
# What a header says by itself. The first that matches counts.
_SAYS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("national-id", (
            r"身份证|证件号|护照|national (?:id|identi)|citizen (?:id|number)|identity card|id card|social security|\bssn\b|\bnhs (?:no|num"
            r"|id)|passport|aadhaar|codice fiscale|\bcpf\b|personnummer"
        )),
        ("record-number", (
            r"住院号|病案号|病历号|门诊号|就诊号|医保|社保|medical record (?:no|num|id)|\bmrn\b|hospital (?:no|num|id)\b|health (?:plan"
            r"|insurance) (?:no|num|id)|insurance (?:no|num|id)|admission (?:no|num|id)|inpatient (?:no|num|id)"
        )),
        ("telephone", r"电话|手机|联系方式|tele(?:phone)?\b|\bphone\b|mobile (?:phone|no|num)|cell ?phone"),
        ("address", r"住址|家庭地址|邮编|home address|street|zip ?code|postal ?code|post ?code"),
        ("name", (
            r"(?<!sample )(?<!file )(?:姓名|名字)|患者名|病人名|(?:patient|participant|child|mother|father|parent|relative"
            r"|proband)(?:'s)? (?:full |first |last )?name|\b(?:full|first|last|given|family|sur|middle|maiden) ?names?\b"
            r"|\binitials\b|首字母"
        )),
        ("birth", r"出生日期|出生年月|生日|date of birth|birth ?da(?:te|y)|\bdob\b"),
        ("place", (
            r"^(?:geo(?:graphic)? (?:location )?)?(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng|lat lon|coordinates"
            r"|gps(?: coordinates)?)$|^经度$|^纬度$|^经纬度$"
        )),
        ("date", (
            r"(?:admission|discharge|visit|surgery|operation|sampling|collection|collected|death|diagnosis|biopsy|enrol\w*|onset"
            r"|consent) date"
            r"|date of (?:admission|discharge|visit|surgery|operation|sampling|collection|death|diagnosis|biopsy|enrol\w*|onset|consent)"
            r"|(?:入院|出院|手术|采样|采集|就诊|确诊|死亡|发病|入组)(?:日期|时间)"
        )),
        ("age", r"^(?:characteristics )?(?:host |donor |patient |subject )?age(?: at [a-z ]+)?(?: ?\(?(?:years?|yrs?|y)\)?)?$|^年龄"),
    )
)  # fmt: skip
_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\s\-./\[\]()*]+")
# Slots that name things: where names of persons end up in sheets of samples.
_NAMING: Final = _words(
    """name title file_name alternative_names individual_name host_subject_id source_material_id isolate library_name sample_label
    samples subject derived_from description host_description comments data_files locations specimen_voucher family_id"""
)
_NAMING_HEADER: Final = re.compile(
    r"\bname|title|sample|file|\bid\b|individual|subject|donor|patient|description|样本|样品|个体|编号|标题|描述|备注", re.IGNORECASE
)
_NAMED: Final = re.compile(r"\b(?:individual|patient|subject|donor|participant) name|个体名|受试者|患者", re.IGNORECASE)
_SUBJECT_DATES: Final = frozenset({"collection_date", "death_date", "diagnosis_date"})
# What many know of a neighbour: a few of these together point at one person (Sweeney 2000: sex, place and day of birth single out
# most of a population).
QUASI: Final = {
    "age": "age",
    "host_age": "age",
    "sex": "sex",
    "host_sex": "sex",
    "ethnicity": "ethnicity",
    "ancestry": "ethnicity",
    "collection_place": "place",
    "residence": "place",
    "birth_place": "place",
    "birth_date": "birth",
    "occupation": "occupation",
    "host_occupation": "occupation",
}
_SUBJECTS: Final = ("subject", "host_subject_id", "individual_name")
_ORGANISM: Final = frozenset({"organism", "host", "subject_kind"})
_ORGANISM_HEADER: Final = re.compile(
    r"^(?:characteristics )?(?:organism|species|scientific name|host|host scientific name|tax(?:on)? ?id|物种|物种名称|宿主)$",
    re.IGNORECASE,
)
_HUMAN: Final = re.compile(
    (
        r"\b(?:homo[ _]sapiens|humans?|NCBITaxon[:_]9606|person|people)\b(?! (?:\w+ )*?(?:virus|herpes|adenovir|papilloma))"
        r"|^9606(?:\.0)?$|^人类?$|^human \w+ metagenome$"
    ),
    re.IGNORECASE,
)
_CELL_LINE: Final = frozenset({"cell_line"})


class PrivateColumn(NamedTuple):
    """A column that is looked at.

    ``says``: what its header says (a name, a telephone number), '' for nothing. ``naming``: names of persons may stand in it.
    ``staff``: it is about those who did the work. ``rule``: ``age``, ``birth``, ``date`` or ``place`` where its readings are judged, with
    the position of the reader. ``named``: its header speaks of names of people. ``owner``: position of the reader
    that answers for its cells. ``quasi``: which of the things that neighbours know it holds.
    """

    position: int
    header: str
    slot: str
    says: str = ""
    naming: bool = False
    staff: bool = False
    rule: str = ""
    reader: int = -1
    quasi: str = ""
    named: bool = False
    owner: int = -1
    free: bool = False


def human(text: str) -> bool:
    """Tell whether the text of an organism or host means people.

    Examples
    --------
    >>> human("Homo sapiens"), human("9606"), human("human gut metagenome"), human("人")
    (True, True, True, True)
    >>> human("Mus musculus"), human("Human immunodeficiency virus 1"), human("human papillomavirus 16")
    (False, False, False)
    """
    return _HUMAN.search(text.strip()) is not None


def words_of(header: str) -> str:
    """Write a header as words, to look for words in it.

    Examples
    --------
    >>> words_of("characteristics[dateOfBirth]"), words_of("donor_first_name")
    ('characteristics date of birth', 'donor first name')
    """
    return _WORDS.sub(" ", header).strip().lower()


def private_columns(plan: Plan, width: int) -> tuple[list[PrivateColumn], list[int], int, int]:
    """Say what each column of a plan may tell about a person.

    Parameters
    ----------
    plan
        The plan of the sheet, as wide as its rows.
    width
        Number of columns.

    Returns
    -------
    columns : list of PrivateColumn
        Those that are looked at.
    organisms : list of int
        Positions of the columns that say whose the sample is.
    subject : int
        Position of the column that names the person; -1 where there is none.
    line : int
        Position of the column of cell lines; -1 where there is none.
    """
    owners: dict[int, list[tuple[int, Reader]]] = {}
    for number, reader in enumerate(plan.readers):
        for column in reader.columns:
            owners.setdefault(column, []).append((number, reader))
    found, organisms, subject, line = [], [], -1, -1
    for index in range(width):
        header = plan.headers[index] if index < len(plan.headers) else ""
        readers = owners.get(index, [])
        slots = {r.slot for _, r in readers}
        words = words_of(header)
        if slots & _ORGANISM or _ORGANISM_HEADER.match(words):
            organisms.append(index)
        if subject < 0 and slots & {*_SUBJECTS}:
            subject = index
        if slots & _CELL_LINE:
            line = index
        found.append(_column(plan, index, header, words, readers))
    if subject < 0:
        subject = next((r.columns[0] for r in plan.readers if r.slot == "name" and _class(plan, r) in ("Subject", "Biosample")), -1)
    return found, organisms, subject, line


def _class(plan: Plan, reader: Reader) -> str:
    return plan.table.records[reader.role.partition("#")[0]].cls


def _column(plan: Plan, index: int, header: str, words: str, readers: list[tuple[int, Reader]]) -> PrivateColumn:
    classes = {_class(plan, r) for _, r in readers}
    slots = [r.slot for _, r in readers]
    said = " ".join((words, *(s.replace("_", " ") for s in slots if s != "attributes")))
    # What a known format says of things that are neither people nor samples is not about people.
    apart = plan.profile.id != "unknown" and plan.table.records[plan.table.main].cls == "Entry"
    others = apart or bool(classes & _STAFF_CLASSES)
    staff = others or STAFF.search(said) is not None
    says = "" if staff else next((kind for kind, pattern in _SAYS if pattern.search(words)), "")
    naming = not staff and (bool({*slots} & _NAMING) or ("attributes" in slots and _NAMING_HEADER.search(words) is not None))
    cls = next(iter(classes), "")
    slot = f"{cls}.{slots[0]}" if slots and slots[0] != "attributes" else ""
    free = bool({*slots} & {"description", "comments", "host_description", "medical_history"})
    judged = says if says in ("age", "birth", "date", "place") else ""
    named = not staff and ("individual_name" in slots or _NAMED.search(words) is not None)
    column = PrivateColumn(
        index, header, slot, "" if judged else says, naming, staff, free=free, named=named, owner=readers[0][0] if readers else -1
    )
    for number, reader in readers if not others else ():
        if reader.columns[0] != index and not (reader.slot == "collection_location" and index in reader.columns):
            continue
        kind = MODEL.slots[reader.slot].kind
        quasi = QUASI.get(reader.slot, "")
        rule = ""
        if kind == "quantity" and reader.slot.endswith("age"):
            rule = "age"
        elif reader.slot == "birth_date":
            rule = "birth"
        elif reader.slot in _SUBJECT_DATES:
            rule = "date"
        elif kind == "geopoint":
            rule = "place"
        if rule or quasi:
            return column._replace(rule=rule, reader=number, quasi=quasi)
    return column._replace(rule=judged, quasi=judged if judged in ("age", "birth") else "")
