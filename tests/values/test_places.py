import pytest

from omics_standards.records import Place
from omics_standards.values.places import COUNTRIES, format_place, read_place


@pytest.mark.parametrize("country", COUNTRIES)
def test_read_place_when_listed_then_itself(country):
    assert read_place(country) == (Place(country), (), ())
    assert read_place(f"{country}: somewhere, here") == (Place(country, "somewhere, here"), (), ())


@pytest.mark.parametrize(
    ("text", "country", "region"),
    [
        ("China:Beijing", "China", "Beijing"),
        ("china : beijing", "China", "beijing"),
        ("USA:CA:San Diego", "USA", "CA:San Diego"),
        ("USA: GAZ", "USA", None),
        ("United Kingdom: United Kingdom", "United Kingdom", None),
        ("Belgium, Belgium, Verviers", "Belgium", "Verviers"),
        ("Germany, , Tübingen", "Germany", "Tübingen"),
        ("Brazil, Unknown, Unknown", "Brazil", None),
        ("Germany/Helgoland", "Germany", "Helgoland"),
        ('/country=""South Africa:Sundays Estuary', "South Africa", "Sundays Estuary"),
        ("USA: Michigan\\, Ann Arbor", "USA", "Michigan, Ann Arbor"),
        ("GAZ:United States of America", "USA", None),
        ("U.S.A.", "USA", None),
        ("UK", "United Kingdom", None),
        ("England, Devon", "United Kingdom", "England, Devon"),
        ("Scotland", "United Kingdom", "Scotland"),
        ("Hong Kong", "Hong Kong", None),
        ("Taiwan, China", "Taiwan", None),
        ("Tainan, Taiwan,China", "Taiwan", "Tainan"),
        ("中国", "China", None),
        ("中国：北京", "China", "北京"),
        ("韩国", "South Korea", None),
        ("Republic of Korea: Seoul", "South Korea", "Seoul"),
        ("PuertoRico", "Puerto Rico", None),
        ("Costa_Rica", "Costa Rica", None),
        ("Côte d’Ivoire", "Cote d'Ivoire", None),
        ("DEU", "Germany", None),
        ("Micronesia, Federated States of: Yap", "Micronesia, Federated States of", "Yap"),
        ("Eastern Indian Ocean", "Indian Ocean", "Eastern Indian Ocean"),
        ("North Atlantic Ocean: Lost City", "Atlantic Ocean", "North Atlantic Ocean, Lost City"),
        ("Guri, Republic of Korea", "South Korea", "Guri"),
        ("Boston [USA]", "USA", "Boston"),
        ("New Mexico, USA", "USA", "New Mexico"),
        ("United States, Georgia", "USA", "Georgia"),
        ("Georgia", "Georgia", None),
        ("United Kingdom (England, Wales &amp; N. Ireland)", "United Kingdom", "England, Wales & N. Ireland"),
        ("USA: not collected", "USA", None),
    ],
)
def test_read_place_when_understood_then_listed_country_and_region(text, country, region):
    parsed = read_place(text)
    assert parsed.value == Place(country, region)
    assert parsed.issues == ()
    assert read_place(format_place(parsed.value)).value == parsed.value


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("korea: jinan", "write 'South Korea: jinan' or 'North Korea: jinan'"),
        ("Congo", "Republic of the Congo"),
        ("北京", "write 'China: 北京'"),
        ("Shenzhen", "write 'China: Shenzhen'"),
        ("Atlanta, Georgia", "write 'USA: Atlanta, Georgia'"),
        ("Lebanon, NH USA", "write 'USA: "),
        ("Lebanon, NH", "USA"),
        ("Tucson, AZ", "write 'USA: Tucson, AZ'"),
        ("Mediterranean Sea, Spain", "name one country: Mediterranean Sea or Spain"),
        ("Caribbean Sea", "write 'Atlantic Ocean: Caribbean Sea'"),
        ("Vietman", "write 'Viet Nam'"),
        ("Vietman: Hue", "write 'Viet Nam: Hue'"),
        ("USSR", "Russia"),
        ("CA", "'Canada' or 'USA: California'"),
        ("Monte Buey. Cba. Argentina", "write 'Argentina: Monte Buey. Cba. Argentina'"),
        ("feces", ""),
        ("NCIT:C16428", ""),
    ],
)
def test_read_place_when_it_cannot_be_told_then_proposal_only(text, fix):
    parsed = read_place(text)
    assert parsed.value is None
    assert [i.code for i in parsed.issues] == ["country-unknown"]
    assert fix in parsed.issues[0].fix
