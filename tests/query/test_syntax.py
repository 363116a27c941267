"""What a query would do is known before it runs: whatever makes the store ask a server is found, whatever is written around it."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.sparql import calls_out, form_of, is_update, uses_word

# The store refuses this port before it opens a connection, so that asking is seen without a network.
SERVER = "<http://127.0.0.1:9/>"
PREFIXES = {"ex": "http://127.0.0.1:9/", "": "http://127.0.0.1:9/", "service": "http://127.0.0.1:9/"}

BEFORE = [
    "", "?s ?p true", "?s ?p false", "?s ?p 2", "?s ?p 2.5", "?s ?p 'x'@en", "?s ?p ex:a", "?s ?p ex:a.", "?s ?p ex:a\\'", "?s ?p _:b.", "?s ?p '''a''b'''.",
    "?s ?p ''.", '?s ?p """a"b""".', "BIND(1 AS ?a)", "FILTER(?a<?b||true)", "FILTER(?a<'>'||true)", "FILTER('\\''<'>'||true)", "FILTER(?a<?b&&?c>?d||true)",
    "FILTER(?a<ex:b||true)", "FILTER(1<2||'\"'<\">\")", "{}", "{ ?x ?y ?z }", "OPTIONAL {}", "# ' < \n", "VALUES ?x { '<' }", "FILTER(?a<\"'\"||1=1)FILTER('>'<'<'||true)",
    "FILTER(?s = <http://x/'>||true)", "?s ?p ?service .", "?s ex:service ex:SERVICE .", "?s ?p 'SERVICE <http://x/> {'.", "FILTER(true||?a<?b)", "FILTER(?a<?b||?s=?s)",
]  # fmt: skip
DATA = """<http://s> <http://p> true , false , 2 , 2.5 , "x"@en , <http://127.0.0.1:9/a> , <http://127.0.0.1:9/a'> , "a''b" , "" , "a\\"b" ,
  "SERVICE <http://x/> {" ; <http://127.0.0.1:9/service> <http://127.0.0.1:9/SERVICE> ."""
STORE = pyoxigraph.Store()
STORE.load(DATA, pyoxigraph.RdfFormat.TURTLE)
GAPS = ["", " ", "\n", "\t", "#'\n", "# > {\r", " #<\n "]
KEYWORDS = ["SERVICE", "service", "SerVice"]
SILENT = ["", "", "SILENT", "silent"]
SERVERS = [SERVER, "ex:x", "?s", "$x", "ex:x", ":x", ":", "service:x", "?x\u00b7y", "ex:%41", "ex:a\\#b"]
AFTER = ["{}", "{ ?s ?p ?o }", "#>\n{}", "#x\n { ?s ?p '}' }", "{} FILTER('>'>'<')", "{} # '"]


def asks(text: str) -> bool:
    try:
        list(STORE.query(text, prefixes=PREFIXES))
    except SyntaxError:
        return False
    except (OSError, RuntimeError):  # the server, or the variable that should name it
        return True
    return False


def test_the_store_asks_unless_it_is_kept_from_it() -> None:
    assert asks(f"SELECT * {{ SERVICE {SERVER} {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize("before", BEFORE)
def test_it_does_so_behind_each_of_what_is_written_before(before: str) -> None:
    text = f"SELECT * {{ {before} SERVICE {SERVER} {{ ?s ?p ?o }} }}"
    assert asks(text)
    assert calls_out(text)


@given(st.data())
def test_whatever_asks_a_server_is_found(data: st.DataObject) -> None:
    draw = lambda options: data.draw(st.sampled_from(options))  # noqa: E731
    head = "".join(draw(BEFORE) + draw(GAPS) for _ in range(data.draw(st.integers(0, 3))))
    silent = draw(SILENT)
    text = f"SELECT * {{ {head}{draw(KEYWORDS)}{draw(GAPS)}{silent}{draw(GAPS)}{draw(SERVERS)}{draw(GAPS)}{draw(AFTER)} \n}}"
    # With SILENT the store swallows the error by which the test sees that it asked.
    if asks(text.replace(silent, "", 1) if silent else text):
        assert calls_out(text), text


QUIET = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?service { ?service a <http://x/service> } # SERVICE <http://x/> {",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { ?s ?p ?o }' }",
    "SELECT * { ?s ?p '''it's SERVICE ?x {''' , \"SERVICE ex:a {\" }",
    "PREFIX service: <http://x/> SELECT * { ?s service:p ?o ; a service:SERVICE . FILTER(?o<3) }",
    "SELECT * { GRAPH <http://x/service> { ?s ?p 'x'@service } }",
    "SELECT * { ?s <http://x/service?a=b#c> ?o FILTER(?o < ?service && ?service > 2) }",
    "ASK { ?s rdfs:label 'service' . { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", QUIET)
def test_a_word_in_a_string_a_comment_a_name_or_an_iri_is_no_call(text: str) -> None:
    assert not calls_out(text)


@given(st.text(max_size=80), st.text(alphabet="<>'\"\\#?:{}() \nSERVICEservice@_.", max_size=60))
def test_any_text_is_read_to_its_end(text: str, signs: str) -> None:
    assert isinstance(calls_out(text + signs, update=True), bool)
    assert isinstance(form_of(text + signs), str)


@pytest.mark.parametrize("text", ["<" * 20_000, "'" * 20_001, "<a" * 10_000 + ">", "SERVICE " * 5_000, "# " * 10_000])
def test_long_texts_take_no_time_that_grows_beyond_reason(text: str) -> None:
    assert not calls_out("SELECT * { " + text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("select*{?s ?p ?o}", "select"),
        ("#DELETE\nBASE <http://x/> PREFIX a: <b>\nPREFIX:<c> CONSTRUCT WHERE {}", "construct"),
        ("PREFIX insert: <http://x/#y> DESCRIBE insert:a", "describe"),
        ("\ufeffASK{}", "ask"),
        ("  insert data {}", "insert"),
        ("PREFIX a: <b> # SELECT\nWITH <g> DELETE {} WHERE {}", "with"),
        ("", ""),
        ("hello", ""),
    ],
)
def test_the_form_is_the_first_word_behind_the_prologue(text: str, form: str) -> None:
    assert form_of(text) == form
    assert is_update(text) == (form in ("insert", "with"))


def test_loading_from_elsewhere_is_found_in_updates() -> None:
    assert calls_out("LOAD SILENT <http://x/> INTO GRAPH <g>", update=True)
    assert calls_out("INSERT DATA { <a:b> <c:d> true } ; load:x", update=True)
    assert not calls_out("INSERT DATA { <http://x/load> <c:d> 'LOAD <x>' }", update=True)
    assert uses_word("LOAD<http://x/>", "load")
