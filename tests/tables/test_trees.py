"""Trees: leaves with their paths, the same count as an independent reader's, and a sentence for what cannot be read."""

from __future__ import annotations

import json
import random
import tracemalloc
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.errors import ReadError
from omics_standards.tables import Sheet, read, treesheets
from omics_standards.tables.treerows import Splitter
from omics_standards.tables.trees import Leaf, Tree
from omics_standards.tables.treesheets import Kind, Pair, guess_kinds, lay_out_tree


def leaves(tmp_path: Path, text: str | bytes, kind: str) -> list[Leaf]:
    path = tmp_path / f"tree.{kind}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return list(Tree(path, kind).leaves())


def test_texts_and_attributes_of_xml(tmp_path: Path) -> None:
    found = leaves(tmp_path, '<a x="1"><b>two</b><b y="">3<c/>tail</b></a>', "xml")
    assert found == [
        Leaf(("a", "@x"), (1, 1), "1"),
        Leaf(("a", "b", "text()"), (1, 1, 1), "two"),
        Leaf(("a", "b", "@y"), (1, 2, 1), ""),
        Leaf(("a", "b", "text()"), (1, 2, 1), "3"),
        Leaf(("a", "b", "c"), (1, 2, 1), ""),
        Leaf(("a", "b", "text()"), (1, 2, 2), "tail"),
    ]


def test_namespaces_are_left_out(tmp_path: Path) -> None:
    found = leaves(tmp_path, '<p:a xmlns:p="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true" p:b="1"/>', "xml")
    assert [leaf.names for leaf in found] == [("a", "@xsi:nil"), ("a", "@b")]


def test_json_keeps_texts_as_they_stand(tmp_path: Path) -> None:
    found = leaves(tmp_path, '{"a": 1.50, "b": [true, null, "007"], "c": {"d": 1e5}, "a": "again"}', "json")
    assert found == [
        Leaf(("a",), (1,), "1.50"),
        Leaf(("b",), (1,), "true"),
        Leaf(("b",), (2,), ""),
        Leaf(("b",), (3,), "007"),
        Leaf(("c", "d"), (1, 1), "1e5"),
        Leaf(("a",), (2,), "again"),
    ]


def test_json_lines_are_a_list(tmp_path: Path) -> None:
    found = leaves(tmp_path, '{"a": 1}\n{"a": 2}\n', "json")
    assert [leaf.text for leaf in found] == ["1", "2"]


def test_yaml_keeps_texts_as_they_stand(tmp_path: Path) -> None:
    found = leaves(tmp_path, "s:\n  - id: 007\n    on: no\n    tags: [x, y]\n  - id: 2020-01-02\n", "yaml")
    assert found == [
        Leaf(("s", "id"), (1, 1), "007"),
        Leaf(("s", "on"), (1, 1), "no"),
        Leaf(("s", "tags"), (1, 1), "x"),
        Leaf(("s", "tags"), (1, 2), "y"),
        Leaf(("s", "id"), (2, 1), "2020-01-02"),
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=4),
    max_leaves=20,
)


def count(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(count, value.values()))
    if isinstance(value, list):
        return sum(map(count, value))
    return value is not None and bool(str(value).strip())


@given(st.lists(values, max_size=5) | st.dictionaries(st.text("xyz", min_size=1, max_size=3), values, max_size=5))
def test_leaves_of_json_are_counted_as_json_counts_them(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    found = leaves(tmp_path_factory.mktemp("j"), json.dumps(value), "json")
    assert sum(bool(leaf.text.strip()) for leaf in found) == count(value)
    assert len({(leaf.names, leaf.places) for leaf in found}) == len(found)


@given(st.randoms(use_true_random=False))
def test_every_leaf_is_a_cell_of_one_sheet(tmp_path_factory: pytest.TempPathFactory, chance: random.Random) -> None:
    def element(depth: int) -> ElementTree.Element:
        made = ElementTree.Element(chance.choice("abR"), {k: chance.choice(["1", "", "x y"]) for k in "uv" if chance.random() < 0.4})
        made.text = chance.choice([None, " ", "text"])
        if depth:
            made.extend(element(depth - 1) for _ in range(chance.randrange(4)))
        for child in made:
            child.tail = chance.choice([None, "\n", "tail"])
        return made

    root = element(3)
    path = tmp_path_factory.mktemp("x") / "tree.xml"
    path.write_bytes(ElementTree.tostring(root))
    texts = [t for e in root.iter() for t in (e.text, e.tail if e is not root else None, *e.attrib.values())]
    expected = sum(bool(t and t.strip()) for t in texts)
    kinds = [
        Kind("inner", (("*", "*", "R"),), skip=(("b",),)),
        Kind(
            "row",
            (("*", "*"),),
            pairs=(Pair(("a",), (("@u",),), ((),), (("unit", ("@v",)),)),),
            choices=(("b",),),
            inherit=(("of", ("document", "@u")),),
        ),
        Kind("document", ((),)),
    ]
    sheets = lay_out_tree(Tree(path, "xml"), kinds, file="tree.xml")
    for sheet in sheets:
        for _ in sheet.batches(7):
            pass
    assert sum(sheet.cells for sheet in sheets) == expected


def test_pairs_become_columns_with_units_beside(tmp_path: Path) -> None:
    path = tmp_path / "s.xml"
    path.write_text("<S><R><A><T>age</T><V>8</V><U>week</U></A><A><T>sex</T><V>F</V></A></R><R><A><T>sex</T><V>M</V></A></R></S>")
    kind = Kind("r", (("S", "R"),), pairs=(Pair(("A",), (("T",),), (("V",),), (("unit", ("U",)),)),))
    (sheet,) = lay_out_tree(Tree(path, "xml"), [kind], file="s.xml")
    assert sheet.headers == ("age", "age unit", "sex", "name()")
    assert sheet.beside == {0: {"unit": 1}, 2: {}}
    assert [b.rows for b in sheet.batches()] == [[["8", "week", "F", "R"], ["", "", "M", "R"]]]
    assert (sheet.cells, sheet.structural) == (7, 3)
    assert sheet.address(2, 3).cell == "/S/R[2]/A[sex]/V"
    assert sheet.with_header(0) is not sheet


def test_unknown_trees_are_laid_out_by_what_repeats(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[{"id": "S1", "age": 7}, {"id": "S2"}]')
    assert [s.headers for s in read(path).sheets] == [("id", "age", "name()")]
    assert guess_kinds([]) == []


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        (BOMB, "xml", "declares entities"),
        (OUTSIDE, "xml", "declares entities"),
        ("<a><b></a>", "xml", "not well-formed XML (line 1"),
        ("<a>", "xml", "not well-formed XML"),
        ("<a>" * 500, "xml", "levels"),
        ('<?xml version="1.0" encoding="no-such"?><a>x</a>', "xml", "encoding"),
        ('{"a": [1, 2', "json", "not well-formed JSON"),
        ('[{"a": 1} {"a": 2}]', "json", "not well-formed JSON"),
        ("{1: 2}", "json", "not well-formed JSON"),
        ("[" * 100_000, "json", "levels"),
        ('{"a": ' + "[" * 200 + "]" * 200 + "}", "json", "levels"),
        ("a: [1, 2", "yaml", "not well-formed YAML (line"),
        ("[" * 300 + "]" * 300, "yaml", "levels"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, text: str, kind: str, says: str) -> None:
    with pytest.raises(ReadError, match=r"^tree\.") as error:
        leaves(tmp_path, text, kind)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_references_of_yaml_do_not_unfold(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    assert len(leaves(tmp_path, "\n".join(lines), "yaml")) == 2 * 60


def test_other_encodings_of_xml(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="gb18030"?><a>肝脏</a>'
    assert leaves(tmp_path, text.encode("gb18030"), "xml")[0].text == "肝脏"
    assert leaves(tmp_path, '<?xml version="1.0" encoding="utf-16"?><a>é</a>'.encode("utf-16"), "xml")[0].text == "é"


def test_halves_of_characters_are_replaced(tmp_path: Path) -> None:
    assert leaves(tmp_path, r'{"a": "\ud800x"}', "json")[0].text == "?x"


# --- size ----------------------------------------------------------------------------------------------------------------


def samples(count: int, size: int = 5) -> str:
    rows = "".join(f"<s id='{i}'><t>{'x' * size}</t>{'<u>rare</u>' if i % 7 == 3 else ''}</s>" for i in range(count))
    return f"<set>{rows}</set>"


def rows_of(sheet: Sheet) -> list[list[str]]:
    return [row for batch in sheet.batches(100) for row in batch.rows]


def test_a_file_is_read_once_however_many_kinds_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "once.xml"
    path.write_text(samples(300))
    times = []
    whole = Tree.blocks
    monkeypatch.setattr(Tree, "blocks", lambda self: times.append(1) or whole(self))
    sheets = lay_out_tree(Tree(path, "xml"), [Kind("row", (("set", "s"),)), Kind("text", (("set", "s", "t"),))], file="once.xml")
    assert [len(rows_of(s)) for s in sheets] == [len(rows_of(s)) for s in sheets] == [300, 300]
    assert len(times) == 1


def test_rows_that_wait_on_disk_are_those_that_wait_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "wait.xml"
    path.write_text(samples(50))
    kinds = [Kind("row", (("set", "s"),)), Kind("text", (("set", "s", "t"),))]
    inside = [rows_of(s) for s in lay_out_tree(Tree(path, "xml"), kinds, file="wait.xml")]
    monkeypatch.setattr(treesheets, "_IN_MEMORY", 1)
    monkeypatch.setattr(treesheets, "_CHUNK", 7)
    assert [rows_of(s) for s in lay_out_tree(Tree(path, "xml"), kinds, file="wait.xml")] == inside
    assert inside[0][3][:2] == ["3", "rare"] or "rare" in inside[0][3]
    assert "rare" not in inside[0][4]


def test_a_disk_that_is_full_is_said_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "full.xml"
    path.write_text(samples(600))

    def full(*_about: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile.write", full)
    with pytest.raises(ReadError, match=r"no room for temporary files in .*No space left on device"):
        lay_out_tree(Tree(path, "xml"), [Kind("row", (("set", "s"),))], file="full.xml")


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(treesheets, "_IN_MEMORY", 1 << 20)
    peaks = []
    for count in (4_000, 16_000):
        path = tmp_path / f"{count}.{kind}"
        if kind == "xml":
            path.write_text(samples(count, 2_000))
        else:
            path.write_text(json.dumps([{"id": str(i), "t": "x" * 2_000} for i in range(count)]))
        tracemalloc.start()
        found = Kind("row", (("set", "s"),) if kind == "xml" else (("item",),))
        (sheet,) = lay_out_tree(Tree(path, kind), [found], file=path.name)
        assert sum(len(batch.rows) for batch in sheet.batches(256)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # 8 and 32 MB of text.
    assert peaks[1] < 1.3 * peaks[0] < 16e6


def test_what_belongs_to_the_second_of_two_elements_stands_in_its_column(tmp_path: Path) -> None:
    path = tmp_path / "two.xml"
    path.write_text("<set><s><c><m>a</m></c><c><f>B</f><m>b</m></c></s><s><c><f>C</f><m>c</m></c></s></set>")
    (sheet,) = lay_out_tree(Tree(path, "xml"), [Kind("row", (("set", "s"),))], file="two.xml")
    assert [h for h in sheet.headers if h != "name()"] == ["c/m", "c/f", "c/f", "c/m"]
    assert [row[:4] for row in rows_of(sheet)] == [["a", "", "B", "b"], ["c", "C", "", ""]]
    assert [sheet.address(1, c).path for c in (1, 2, 3, 4)] == ["/set/s[1]/c/m", "/set/s[1]/c/f", "/set/s[1]/c/f[2]", "/set/s[1]/c/m[2]"]


def test_an_element_called_table_makes_no_web_page(tmp_path: Path) -> None:
    path = tmp_path / "run.xml"
    path.write_text("<?xml version='1.0'?><!-- <html> --><RUN accession='x'><Database><Table name='SEQUENCE'/></Database></RUN>")
    assert read(path).tree is not None
    path.write_text("<!-- a --><table><tr><td>1</td></tr></table>")
    with pytest.raises(ReadError, match="web page"):
        read(path)


def test_rows_in_a_list_do_not_wait_for_the_document_that_one_of_their_kind_may_be(tmp_path: Path) -> None:
    kinds = [Kind("person", (("people",), ("item", "people")), inherit=(("of", ("sample", "id")),)), Kind("sample", ((), ("item",)))]
    path = tmp_path / "list.json"
    path.write_text('[{"id": "a", "people": [{"n": "x"}, {"n": "y"}]}, {"id": "b", "people": {"n": "z"}}]')
    people = lay_out_tree(Tree(path, "json"), kinds, file="list.json")[0]
    assert [row[:1] + row[-1:] for row in rows_of(people)] == [["x", "a"], ["y", "a"], ["z", "b"]]
    splitter = Splitter(kinds)
    assert splitter.meaning(("item", "people", "n")).outer == 1
    assert splitter.meaning(("people", "n")).outer == 0
    path.write_text('{"people": [{"n": "x"}], "id": "a"}')
    assert rows_of(lay_out_tree(Tree(path, "json"), kinds, file="one.json")[0])[0][-1] == "a"
