import pytest

from omics_standards.records import GeoPoint
from omics_standards.values.geo import format_lat_lon, read_coordinate, read_lat_lon, read_point


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("38.98 N 77.11 W", "38.98", "-77.11"),
        ("0.00 S 25.10 E", "0.00", "25.10"),
        ("7.48767, -78.12733", "7.48767", "-78.12733"),
        ("(50.932917, -1.434724)", "50.932917", "-1.434724"),
        ("44.24581_-95.30885", "44.24581", "-95.30885"),
        ("56.46/ -2.99", "56.46", "-2.99"),
        ("25.204849 55.270783", "25.204849", "55.270783"),
        ("+41.56-70.60", "41.56", "-70.60"),
        ("N31.230416, E121.473701", "31.230416", "121.473701"),
        ("27.167 N, 100.167 E", "27.167", "100.167"),
        ("E29.062°, N62.717°", "62.717", "29.062"),
        ("42-02-05 N, 93-37-12 W", "42.034722", "-93.62"),
        ("34°33′S, 138°50′E", "-34.55", "138.8333"),
        ("62°14’S-58°38’W", "-62.2333", "-58.6333"),
        ("30°19.57N, 087°10.47W", "30.326167", "-87.1745"),
        ("N 46 14 57, E 124 52 28", "46.249167", "124.874444"),
        ("48°45′14″N 2°17′51″E", "48.753889", "2.2975"),
        ("55 degrees 53 minutes N/3 degrees 20 minutes W", "55.8833", "-3.3333"),
        ("61deg07.99’N 02deg10.38’W", "61.133167", "-2.173"),
        ("65_38.460'N, 38_53.895'W", "65.641", "-38.89825"),
        ("lat=35.33_lon=25.28", "35.33", "25.28"),
        ("39.28N-0.22", "39.28", "-0.22"),
        ("25,396_68,3578", "25.396", "68.3578"),
        ("39.613755, -0,271246", "39.613755", "-0.271246"),
        ("北纬39.9 东经116.4", "39.9", "116.4"),
        ("2° 30′ 55″ sud _ 28° 50′ 42″ est", "-2.515278", "28.845"),
        ("38.2737 N 141.0533 E (Soil sampling site)", "38.2737", "141.0533"),
        ("45.5 n 73.5 w", "45.5", "-73.5"),
        ("(N:E) 42.0745:128.2303", "42.0745", "128.2303"),
        ("0 N 0 E", "0", "0"),
        ("-0.5, 180", "-0.5", "180"),
    ],
)
def test_read_lat_lon_when_clear_then_signed_decimals(text, latitude, longitude):
    parsed = read_lat_lon(text)
    assert parsed.value == GeoPoint(latitude, longitude)
    assert parsed.issues == ()
    assert read_lat_lon(format_lat_lon(parsed.value)) == (parsed.value, (), ())


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("52? 04? N, 5? 45? E", "52.0667", "5.75"),
        ("60¡58'N, 7¡31'E", "60.9667", "7.5167"),
        ("51\ufffd 32' N, E 5\ufffd 51' E", "51.5333", "5.85"),
        ("N28¡ã55¡ä45.7¡å E111¡ã26¡ä46.6¡å", "28.9293611", "111.4462778"),
        ("38¡ 31.899', -121¡ 45.204'", "38.53165", "-121.7534"),
        ("9.9300Â° N, 78.1200Â° E", "9.9300", "78.1200"),
    ],
)
def test_read_lat_lon_when_degree_signs_are_garbled_then_read_and_said(text, latitude, longitude):
    parsed = read_lat_lon(text)
    assert parsed.value == GeoPoint(latitude, longitude)
    assert [i.code for i in parsed.issues] == ["encoding-damaged"]


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("111.65 N 40.82 W", "coordinates-swapped", "write '40.82 N 111.65 W'"),
        ("131.1500 N 32.8400 E", "coordinates-swapped", "write '32.8400 N 131.1500 E'"),
        ("116.46, 39.92", "coordinates-swapped", "write '39.92 N 116.46 E'"),
        ("95 N 200 E", "coordinates-impossible", ""),
        ("-18.24_189.14", "coordinates-impossible", "write '18.24 S 170.86 W'"),
        ("51° 69' N, 5° 84' E", "coordinates-impossible", ""),
        ("-53.1364", "coordinates-half", ""),
        ("35° 44' 45.6\" N", "coordinates-half", "longitude"),
        ("14.53588:32.62781_-117.06583:-86.73105", "coordinates-unreadable", ""),
        ("37.59 N 107.60 E - 37.79 N 107.41E", "coordinates-unreadable", ""),
        ("15S 130-140E", "coordinates-unreadable", ""),
        ("37.46S 145.26S", "coordinates-unreadable", "N or S once"),
        ("54° 11.3′ N, 7° 54.0′ O", "coordinates-unreadable", "E or W"),
        ("34.54 S 139 59 E", "coordinates-unreadable", ""),
        ("53° 08' 59'' N, 9° 08' 09''", "coordinates-unreadable", "hemisphere"),
        ("41°47_65°20", "coordinates-unreadable", "hemisphere"),
        ("52°18''W, 28°51'S", "coordinates-unreadable", "minutes"),
        ("VT grassland: 44.1.912 N 72.7.769 W", "coordinates-unreadable", ""),
        ("7RPX+MR Ciudad de México", "coordinates-unreadable", ""),
        ("united kingdom", "coordinates-unreadable", ""),
    ],
)
def test_read_lat_lon_when_it_cannot_be_told_then_no_value(text, code, fix):
    parsed = read_lat_lon(text)
    assert parsed.value is None
    assert [i.code for i in parsed.issues] == [code]
    assert fix in parsed.issues[0].fix


def test_read_lat_lon_when_sign_and_letter_then_the_letter_counts_and_it_is_said():
    parsed = read_lat_lon("37.375707 N -80.521095 W")
    assert parsed.value == GeoPoint("37.375707", "-80.521095")
    assert [i.code for i in parsed.issues] == ["coordinates-sign-and-hemisphere"]


def test_read_coordinate_when_column_of_its_own_then_axis_is_checked():
    assert read_coordinate("-77.110", "longitude").value == "-77.110"
    assert read_coordinate("77.11 W", "longitude").value == "-77.11"
    assert read_coordinate("38°30'N", "latitude").value == "38.5"
    assert read_coordinate("121.4 E", "latitude").issues[0].code == "coordinates-swapped"
    assert read_coordinate("121.4", "latitude").issues[0].code == "coordinates-swapped"
    assert read_coordinate("221.4", "longitude").issues[0].code == "coordinates-impossible"
    assert read_coordinate("1 N 2 E", "latitude").value is None
    assert read_coordinate(" ", "latitude") is None
    assert read_coordinate("-77.11 W", "longitude").issues[0].code == "coordinates-sign-and-hemisphere"
    assert read_coordinate("7° O", "longitude").value is None
    assert read_coordinate("38° 30'", "latitude").value == "38.5"
    assert read_coordinate("somewhere", "latitude").issues[0].code == "coordinates-unreadable"
    with pytest.raises(ValueError, match="latitude"):
        read_coordinate("1", "height")


def test_read_point_when_one_cell_is_blank_then_half():
    assert read_point("38.98", "-77.11").value == GeoPoint("38.98", "-77.11")
    assert read_point("", "") is None
    assert "longitude" in read_point("38.98", "").issues[0].fix
    assert read_point("", "5").issues[0].code == "coordinates-half"
    assert read_point("-77.11", "138.98").value == GeoPoint("-77.11", "138.98")
    assert read_point("138.98", "-77.11").value is None
