from datetime import date

import pytest

from omics_standards.models import edtf
from omics_standards.values.dates import DateOrder, edtf_key, is_edtf, read_date, xsd_type

TODAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", "2019"),
        ("2019-10", "2019-10"),
        ("2019-10-05", "2019-10-05"),
        ("2019-12-30 ", "2019-12-30"),
        ("2016-12/2017-01", "2016-12/2017-01"),
        ("25-Mar-2018/30-Apr-2018", "2018-03-25/2018-04-30"),
        ("2014-09-02T23.45Z", "2014-09-02T23:45Z"),
        ("2019-10-05T14:30:00+08:00", "2019-10-05T14:30:00+08:00"),
        ("2019-10-05 14:30:22", "2019-10-05T14:30:22"),
        ("2019-10-05T14Z", "2019-10-05T14Z"),
        ("2019-10-05 14:30 UTC", "2019-10-05T14:30Z"),
        ("2019-10-05T14:30-0500", "2019-10-05T14:30-05:00"),
        ("2019-10-05 12:15 am", "2019-10-05T00:15"),
        ("2011-Jan-05", "2011-01-05"),
        ("2016 June", "2016-06"),
        ("2019年秋季", "2019-23"),
        ("2009-03-29 00:00:00", "2009-03-29"),
        ("2021-06-30T00:00:00Z", "2021-06-30T00:00:00Z"),
        ("March 21, 2016, 2:00 pm", "2016-03-21T14:00"),
        ("05-Jan-2011", "2011-01-05"),
        ("Jun 16 2010", "2010-06-16"),
        ("may 13th, 2006", "2006-05-13"),
        ("Jun-2016", "2016-06"),
        ("5 janvier 2011", "2011-01-05"),
        ("5. Januar 2011", "2011-01-05"),
        ("15 de enero de 2011", "2011-01-15"),
        ("2019年10月5日", "2019-10-05"),
        ("2019年10月", "2019-10"),
        ("２０１９年", "2019"),
        ("20191005", "2019-10-05"),
        ("2019/10/05", "2019-10-05"),
        ("2019.10.5~2019.10.8", "2019-10-05/2019-10-08"),
        ("2010-2011", "2010/2011"),
        ("2010 to 2011", "2010/2011"),
        ("2010..2011", "2010/2011"),
        ("2016-12-01-2016-12-05", "2016-12-01/2016-12-05"),
        ("2019-10-05/08", "2019-10-05/2019-10-08"),
        ("5-8 March 2018", "2018-03-05/2018-03-08"),
        ("June to August 2018", "2018-06/2018-08"),
        ("18/12/2016", "2016-12-18"),
        ("10/25/2017", "2017-10-25"),
        ("5/5/2011", "2011-05-05"),
        ("13/2/2016-15/2/2016", "2016-02-13/2016-02-15"),
        ("31.12.2019", "2019-12-31"),
        ("10/2017", "2017-10"),
        ("Spring 2011", "2011-21"),
        ("1990s", "199X"),
        ("20th century", "19XX"),
        ("ca. 2010", "2010~"),
        ("2010?", "2010?"),
        ("before 2010", "../2010"),
        (">2010", "2010/.."),
        ("Thu, 5 Jan 2011", "2011-01-05"),
    ],
)
def test_read_date_when_spelled_so_then_edtf(text, expected):
    parsed = read_date(text, today=TODAY)
    assert parsed.value == expected
    assert parsed.issues == ()
    assert edtf.check(parsed.value) is None
    again = read_date(parsed.value, today=TODAY)
    assert again == (expected, (), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7/30/12", "2012-07-30"), ("avr-11", "2011-04"), ("mai-11", "2011-05"), ("Jan-98", "1998-01"), ("31.12.99", "1999-12-31")],
)
def test_read_date_when_year_has_two_digits_then_read_and_flagged(text, expected):
    parsed = read_date(text, today=TODAY)
    assert parsed.value == expected
    assert [i.code for i in parsed.issues] == ["date-year-short"]


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("8/6/2011", "date-ambiguous", "write 2011-06-08 (day first) or 2011-08-06 (month first)"),
        ("07.06.19 15:51", "date-ambiguous", "2019-06-07"),
        ("01-02-2015", "date-ambiguous", ""),
        ("2019-02-30", "date-impossible", "28 days"),
        ("30/02/2019", "date-impossible", ""),
        ("2019-13-01", "date-impossible", "write 2019-01-13"),
        ("2010-13", "date-impossible", "write 2010/2013"),
        ("0000-00-00", "date-impossible", ""),
        ("1900-01-00", "date-impossible", ""),
        ("2019-10-05T25:00", "date-impossible", ""),
        ("43743", "date-unreadable", "write 2019-10-05"),
        ("201907", "date-unreadable", "write 2019-07"),
        ("2-Jan", "date-unreadable", "add the year"),
        ("12/5", "date-unreadable", "add the year"),
        ("Apr 11", "date-unreadable", "add the year"),
        ("98/06/07", "date-unreadable", "1998-06-07"),
        ("July, 2010 &amp; 2011", "date-unreadable", ""),
        ("summer", "date-unreadable", ""),
        ("19/6/7", "date-unreadable", "four digits"),
        ("2019-10-05T14:30+99:00", "date-impossible", ""),
        ("2019-10-05 13:00 pm", "date-impossible", ""),
        ("2019-10 14:30", "date-unreadable", "whole date"),
        ("2019-10-05 " * 20, "date-unreadable", "alone"),
        ("5/6/2011 to 30/02/2012", "date-ambiguous", ""),
        ("2017-01/2016-12", "end-before-start", "write 2016-12/2017-01"),
        ("5-3 March 2018", "end-before-start", ""),
    ],
)
def test_read_date_when_it_cannot_be_told_then_no_value_and_a_fix(text, code, fix):
    parsed = read_date(text, today=TODAY)
    assert parsed.value is None
    assert [i.code for i in parsed.issues] == [code]
    assert fix in parsed.issues[0].fix


def test_read_date_when_the_column_decided_then_its_order():
    assert read_date("8/6/2011", order="dmy").value == "2011-06-08"
    assert read_date("8/6/2011", order="mdy").value == "2011-08-06"
    assert read_date("8/6/2011", order="conflict").value is None
    assert "as the column has it" in read_date("8/6/2011", order="dmy").steps[0]


def test_read_date_when_a_cell_contradicts_the_column_then_impossible():
    parsed = read_date("18/12/2016", order="mdy")
    assert parsed.value is None
    assert parsed.issues[0].code == "date-impossible"
    assert "write 2016-12-18" in parsed.issues[0].fix


def test_read_date_when_a_spreadsheet_made_a_number_of_a_year_then_flagged():
    parsed = read_date("2022.0")
    assert parsed.value == "2022"
    assert parsed.issues[0].code == "number-damaged"


@pytest.mark.parametrize("today", [TODAY, "2026-08-01"])
def test_read_date_when_in_the_future_then_warned(today):
    for text in ("2050-01-01 00:00:00", "2026-08-02", "2027", "2026-09", "2026-07/2027-01"):
        parsed = read_date(text, today=today)
        assert parsed.value is not None
    assert [i.code for i in read_date("2026-08-02", today=today).issues] == ["date-future"]
    assert [i.code for i in read_date("2027", today=today).issues] == ["date-future"]
    assert read_date("2026-08-01", today=today).issues == ()
    assert read_date("2026", today=today).issues == ()
    assert read_date("2050").issues == ()


def test_read_date_when_blank_then_none():
    assert read_date("") is None
    assert read_date(" \u00a0") is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["8/6/2011", "18/12/2016"], "dmy"),
        (["8/6/2011", "10/25/2017"], "mdy"),
        (["8/6/2011", "9/7/12"], "ambiguous"),
        (["18/12/2016", "10/25/2017"], "conflict"),
        (["2011", "2011-05-06", "free text", "", "192.168.10.1"], ""),
        (["1/2/2016-13/2/2016"], "dmy"),
        (["07.06.19 15:51", "30.06.19 10:00"], "dmy"),
    ],
)
def test_date_order_when_column_then_evidence(texts, order):
    assert DateOrder().collect(texts).order == order
    assert DateOrder().collect(reversed(texts)).order == order


def test_date_order_when_collected_in_batches_then_as_one():
    order = DateOrder()
    order.collect(["8/6/2011"])
    assert order.order == "ambiguous"
    order.collect(["18/12/2016"])
    assert order.order == "dmy"
    assert "18/12/2016" in order.evidence


def test_edtf_key_when_compared_then_in_order_of_time():
    keys = [edtf_key(t)[0] for t in ("199X", "2016", "2016-02-03", "2017-01/2018")]
    assert keys == sorted(keys)
    assert edtf_key("2016-02") == ((2016, 2, 1), (2016, 2, 29))
    assert edtf_key("8/6/2011") is None


def test_xsd_type_when_edtf_then_narrowest():
    texts = {"2016": "gYear", "2016-12": "gYearMonth", "2016-12-05": "date", "2016-12-05T09:30:00Z": "dateTime"}
    assert {t: xsd_type(t) for t in texts} == texts
    for text in ("2016-12-05T09:30", "2016/2017", "2016~", "199X", "2016-21", "5/5/2011", ""):
        assert xsd_type(text) is None


def test_is_edtf_when_digits_of_another_script_then_false():
    assert is_edtf("2016-02-29")
    assert not is_edtf("2015-02-29")
    assert not is_edtf("٢٠١٦")
