"""GeoNames dumps and CSV tables become an index; a bad row names its file, line and field."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from conflict_events.errors import ConflictEventsError
from conflict_events.geo import importer
from conflict_events.geo.gazetteer import IndexGazetteer


def row(number: str = "9000001", name: str = "Upper Mill", lat: str = "39.5", lon: str = "46.2", *, feature: str = "P\tPPL",
        country: str = "AM", admin1: str = "08", population: str = "120", alternates: str = "Verin Jraghats") -> str:  # fmt: skip
    return "\t".join([number, name, name, alternates, lat, lon, feature, country, "", admin1, "", "", "", population, "", "900",
                      "Asia/Yerevan", "2020-01-01"])  # fmt: skip


def lookup(path: Path, name: str) -> list[tuple[str, str | None, str | None]]:
    found = IndexGazetteer([path], shipped=False).find(name)
    return [(m.entry.name, m.entry.country, m.entry.admin1) for m in found]


@pytest.mark.parametrize("form", ["plain", "gz", "zip"])
def test_importer_reads_a_dump_in_each_form(tmp_path: Path, form: str) -> None:
    text = row() + "\n" + row("9000002", "Dry Lake", feature="S\tHTL") + "\n"
    path = tmp_path / {"plain": "AM.txt", "gz": "AM.txt.gz", "zip": "AM.zip"}[form]
    if form == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    elif form == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("AM.txt", text)
    else:
        path.write_text(text, encoding="utf-8")
    done = importer.build([path], tmp_path / "am.gaz")
    assert (done.rows, done.skipped) == (1, 1)
    assert lookup(tmp_path / "am.gaz", "verin jraghats") == [("Upper Mill", "AM", "Syunik")]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (row(lat="abc"), "latitude 'abc' is not a number"),
        (row(lon="196.2"), "longitude '196.2' is not between -180 and 180"),
        (row(lat="nan"), "latitude 'nan' is not between -90 and 90"),
        (row(population="many"), "population 'many' is not a whole number"),
        (row(number="x1"), "geonameid 'x1' is not a whole number"),
        (row(name=""), "name '' is not a name"),
        ("1\t2\t3", "row '3 columns' is not a row of 19"),
    ],
)
def test_importer_names_file_line_and_field_of_a_bad_row(tmp_path: Path, bad: str, field: str) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(row() + "\n" + bad + "\n", encoding="utf-8")
    with pytest.raises(ConflictEventsError) as caught:
        importer.build([path], tmp_path / "out.gaz")
    assert str(caught.value).startswith(f"CE012: gazetteer file {path}, line 2: {field}")
    assert not (tmp_path / "out.gaz").exists()


def test_importer_gathers_bad_rows_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text("\n".join([row(), row(lat="x"), row("9000003", "Lower Mill")]), encoding="utf-8")
    done = importer.build([path], tmp_path / "out.gaz", skip_bad_rows=True)
    assert (done.rows, len(done.errors)) == (2, 1)


def test_importer_adds_alternate_names(tmp_path: Path) -> None:
    dump, names = tmp_path / "AM.txt", tmp_path / "alternateNamesV2.txt"
    dump.write_text(row() + "\n", encoding="utf-8")
    names.write_text(
        "1\t9000001\ten\tMillers Rest\t\t\t\t\n2\t9000001\tlink\tHttps Page\t\t\t\t\n3\t5\ten\tElsewhere\t\t\t\t\n",
        encoding="utf-8",
    )
    importer.build([dump], tmp_path / "out.gaz", alternate_names=names)
    assert lookup(tmp_path / "out.gaz", "Millers Rest") == [("Upper Mill", "AM", "Syunik")]
    assert lookup(tmp_path / "out.gaz", "Https Page") == []


def test_importer_keeps_the_countries_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_text(row() + "\n" + row("9000009", "Far Away", country="GE", admin1="51") + "\n", encoding="utf-8")
    assert importer.build([path], tmp_path / "out.gaz", countries=["ge"]).rows == 1
    with pytest.raises(ConflictEventsError, match="CE013"):
        importer.build([path], tmp_path / "none.gaz", countries=["FR"])


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"a,b\n1,2\n", "CE012"), (b"\xff\xfe\x00bad", "CE002"), (b"", "CE012")],
    ids=["header", "bytes", "empty"],
)
def test_importer_says_what_is_wrong_with_a_table(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(ConflictEventsError, match=code):
        importer.build([path], tmp_path / "out.gaz")


def test_importer_names_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConflictEventsError, match="CE001"):
        importer.build([tmp_path / "none.txt"], tmp_path / "out.gaz")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ("Sudan,P.PPL", "country 'SUDAN' is not a code of two letters"),
        ("SD,VILLAGE", "feature 'VILLAGE' is not a GeoNames"),
    ],
)
def test_importer_names_a_field_of_a_table_that_means_nothing(tmp_path: Path, cells: str, field: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"name,latitude,longitude,country,feature\nAgok,9.3,28.5,{cells}\n", encoding="utf-8")
    with pytest.raises(ConflictEventsError) as caught:
        importer.build([path], tmp_path / "out.gaz")
    assert str(caught.value).startswith(f"CE012: gazetteer file {path}, line 2: {field}")


def test_importer_leaves_out_what_has_no_name_in_latin_letters(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,latitude,longitude,alternates\nАгок,9.3,28.5,\nБадме,14.7,37.8,Badme\n", encoding="utf-8")
    done = importer.build([path], tmp_path / "out.gaz")
    assert (done.rows, done.skipped) == (1, 1)
    assert lookup(tmp_path / "out.gaz", "Badme") == [("Бадме", None, None)]


@pytest.mark.parametrize("out", ["none/out.gaz", "."])
def test_importer_says_where_it_cannot_write(tmp_path: Path, out: str) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(row() + "\n", encoding="utf-8")
    with pytest.raises(ConflictEventsError, match="CE018"):
        importer.build([path], tmp_path / out)
