"""A reference file that was edited wrongly is refused by file, line and column."""

import shutil
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.inputs.reference import load_forces, load_regions
from planner.settings import ROOT

DATA = ROOT / "data"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("london,London,england,", "london,London,england,", None),
        ("london,London,england,", "london,London,albion,", "regions.csv, line 2, nation: 'albion' is not one of "),
        ("london,London,england,", "london,,england,", "regions.csv, line 2, name: the cell is empty."),
        ("london,London,", "london,London,x,", "regions.csv, line 2: 10 cells stand where 9 columns are."),
        ("north_west,North West", "london,North West", "regions.csv, line 3, code: 'london' stands on line 2 already."),
        (
            "england_south,yes",
            "england_south,perhaps",
            "regions.csv, line 2, for_actions: 'perhaps' is neither yes nor",
        ),
        ("undated", "lately", "regions.csv, line 2, source_date: 'lately' is neither a day, a month, a year nor"),
        ("code,name", "name,code", "regions.csv, line 1: the columns must be code, name, nation, zone, for_actions,"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_and_column(tmp_path: Path, old: str, new: str, sentence: str | None) -> None:
    shutil.copy(DATA / "regions.csv", tmp_path)
    path = tmp_path / "regions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    if sentence is None:
        assert load_regions(tmp_path) == load_regions(DATA)
        return
    with pytest.raises(InputError) as refused:
        load_regions(tmp_path)

    assert str(refused.value).startswith(sentence)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^forces\.csv is missing from "):
        load_forces(tmp_path)
