"""Drawings in folders of pictures, from this program and from others."""

import errno
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.data.formats.opening import open_digits
from digitpad.data.store import Sample
from digitpad.draw.preprocess import SIDE
from digitpad.errors import Cancelled, DataError
from digitpad.files.reading import left_unless
from digitpad.gui.services.picture_folder import holds_pictures, read_pictures, write_pictures
from digitpad.gui.window.main_window import MainWindow
from tests.data.test_mnist import forbid

FORMATS = [QImage.Format.Format_Grayscale8, QImage.Format.Format_RGB32, QImage.Format.Format_Indexed8]


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_pictures_written_as_mnist_is_are_taken_to_the_grey(tmp_path: Path, kind: QImage.Format) -> None:
    digits = open_digits(paths.DIGITS).test[:20]
    for number, (image, label) in enumerate(zip(digits.images, digits.labels, strict=True)):
        folder = tmp_path / str(label)
        folder.mkdir(exist_ok=True)
        grey = QImage(image.tobytes(), SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8)
        assert grey.convertToFormat(kind).save(str(folder / f"{number:02}.png"))
    read = list(read_pictures(tmp_path, pytest.fail))
    order = np.argsort(digits.labels, kind="stable")
    assert [sample.label for sample in read] == digits.labels[order].tolist()
    np.testing.assert_array_equal(np.stack([sample.image for sample in read]), digits.images[order])


def test_a_picture_of_another_kind_under_a_known_name_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "5").mkdir()
    paper = QImage(40, 40, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    for y in range(8, 32):
        for x in range(18, 22):
            paper.setPixelColor(x, y, QColor("black"))
    assert paper.save(str(tmp_path / "5" / "a.png"))
    (tmp_path / "5" / "b.png").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (tmp_path / "5" / "c.png").write_bytes((tmp_path / "5" / "a.png").read_bytes())
    told = list[str]()
    pictures = read_pictures(tmp_path, told.append)
    assert next(pictures).label == 5
    assert not told
    assert next(pictures).label == 5
    assert not list(pictures)
    for sentence, n in zip(told, (2, 3), strict=True):
        assert re.match(rf"1 of {n} pictures were left out\. .*b\.png: this is an SVG file", sentence)


def a_drawing(label: int, number: int, grey: int = 255) -> Sample:
    image = np.zeros((SIDE, SIDE), dtype=np.uint8)
    image[8:20, 12:16] = grey
    return Sample(label, (), image.reshape(SIDE * SIDE), None, "2026-01-01T00:00:00+00:00", number)


def pictures(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder).as_posix()) for file in folder.rglob("*") if file.is_file())


def test_a_drawing_of_another_label_leaves_no_picture_under_the_old_one(tmp_path: Path) -> None:
    assert write_pictures(tmp_path, [a_drawing(4, 7), a_drawing(9, 8)]) == 2
    (tmp_path / "4" / "mine.png").write_bytes(b"of the person's own")
    (tmp_path / "2").write_bytes(b"no folder")
    assert write_pictures(tmp_path, [a_drawing(9, 7), a_drawing(9, 8, 200)]) == 2
    assert pictures(tmp_path) == ["2", "4/mine.png", "9/000007-20260101000000.png", "9/000008-20260101000000.png"]
    (tmp_path / "4" / "mine.png").unlink()
    (read, again) = read_pictures(tmp_path, pytest.fail)
    assert (read.label, again.label) == (9, 9)
    np.testing.assert_array_equal(again.image, a_drawing(9, 8, 200).image)


def test_pictures_of_others_with_the_same_numbers_stay(tmp_path: Path) -> None:
    theirs = replace(a_drawing(4, 7, 100), created_at="2025-12-31T23:59:59+00:00")
    write_pictures(tmp_path, [theirs])
    write_pictures(tmp_path, [a_drawing(4, 7), a_drawing(9, 8)])
    write_pictures(tmp_path, [a_drawing(9, 7), a_drawing(9, 8)])
    assert sorted(drawn.label for drawn in read_pictures(tmp_path, pytest.fail)) == [4, 9, 9]
    assert next(read_pictures(tmp_path, pytest.fail)).image.max() == 100


@pytest.mark.parametrize("most", [1, 15, 100])
def test_pictures_of_few_greys_are_stretched_by_the_brightest_of_all(tmp_path: Path, most: int) -> None:
    write_pictures(
        tmp_path, [a_drawing(3, 1, most), a_drawing(4, 2, most // 5)] if most > 5 else [a_drawing(3, 1, most)]
    )
    peaks = [int(drawn.image.max()) for drawn in read_pictures(tmp_path, pytest.fail)]
    assert peaks == ([255, 51] if most > 5 else [255])
    write_pictures(tmp_path, [a_drawing(9, 3, 200)])
    peaks = [int(drawn.image.max()) for drawn in read_pictures(tmp_path, pytest.fail)]
    assert peaks == ([most, most // 5, 200] if most > 5 else [most, 200])


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_pictures_that_were_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    write_pictures(tmp_path, [a_drawing(4, 7)])
    before = (tmp_path / "4" / "000007-20260101000000.png").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    for label in (4, 5):
        with pytest.raises(
            DataError, match=r"000007-20260101000000\.png: cannot be written \(No space left on device\)"
        ):
            write_pictures(tmp_path, [a_drawing(label, 7, 100)])
        assert pictures(tmp_path) == ["4/000007-20260101000000.png"]
        assert (tmp_path / "4" / "000007-20260101000000.png").read_bytes() == before


def test_nowhere_to_write_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "4").write_bytes(b"no folder")
    with pytest.raises(DataError, match=r"4: cannot be written \(File exists\)"):
        write_pictures(tmp_path, [a_drawing(4, 7)])


def test_what_may_not_be_looked_into_is_one_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pictures(tmp_path, [a_drawing(4, 7)])
    forbid(tmp_path / "4", monkeypatch)
    for look in (holds_pictures, lambda path: next(read_pictures(path, pytest.fail))):
        with pytest.raises(DataError, match=r": cannot be read \(Permission denied\)\.$"):
            look(tmp_path)
    for path in (tmp_path, tmp_path / "4" / "folder"):
        window.toast.clear()
        window.opening.open(path)
        qtbot.waitUntil(lambda: bool(window.toast.sentence))
        assert str(path) in window.toast.sentence
        assert "cannot be read (Permission denied)." in window.toast.sentence


@pytest.mark.parametrize(
    "name",
    [
        "7/a.png",
        "07/a.png",
        "training/7/a.png",
        "train/7/a.png",
        "testing/digit_7/a.png",
        "mnist/test/7 - seven/a.png",
        "digit-7/a.png",
        "Class 7/a.png",
        "seven/a.png",
        "7_0001.png",
        "img-7.png",
        "0012-7.png",
        "my digits 2024/7_0001.png",
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_the_name_of_a_folder_or_of_pictures_says_the_digit(tmp_path: Path, name: str, packed: bool) -> None:
    write_pictures(tmp_path / "made", [a_drawing(7, 1)])
    content = (tmp_path / "made" / "7" / "000001-20260101000000.png").read_bytes()
    path = tmp_path / ("mine.zip" if packed else "mine")
    write_files(path, {name: content, "__MACOSX/7/._a.png": b"no picture", "8/.hidden.png": b"", "Thumbs.db": b""})
    assert holds_pictures(path)
    (read,) = read_pictures(path, pytest.fail)
    assert read.label == 7
    np.testing.assert_array_equal(read.image, a_drawing(7, 1).image)


@pytest.mark.parametrize(
    "names",
    [
        ["7_3.png"],  # which of the two?
        ["img-7.png", "img-12.png"],
        ["7_0001.png", "cat.png"],
        ["10/a.png", "1990/a.png", "7 - nine/a.png", "holiday 7/a.png"],
        ["a.png"],
        ["mine/7.png", "yours/8.png"],
    ],
)
def test_what_is_not_clear_is_no_label(tmp_path: Path, names: list[str]) -> None:
    write_files(tmp_path / "mine", dict.fromkeys(names, b""))
    assert not holds_pictures(tmp_path / "mine")
    with pytest.raises(DataError, match="mine: holds no pictures in folders named 0 to 9"):
        next(read_pictures(tmp_path / "mine", pytest.fail))


def write_files(path: Path, contents: dict[str, bytes]) -> None:
    """Write files into a folder, or into a zip file where ``path`` ends so."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as file:
            for name, content in contents.items():
                file.writestr(name, content)
        return
    for name, content in contents.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)


def test_pictures_that_nobody_waits_for_are_left_and_not_called_damaged(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / "7").mkdir(exist_ok=True)
        (tmp_path / "7" / f"{n}.png").write_bytes(b"no picture")
    left = iter([True] * 4)  # the three are looked at for how bright they are, and one is read
    with left_unless(lambda: next(left, False)), pytest.raises(Cancelled):
        list(read_pictures(tmp_path, pytest.fail))


def test_a_long_list_of_files_is_left_when_nobody_waits_for_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as file:
        for n in range(1000):
            file.writestr(f"{n}", b"")
    asked: list[None] = []

    def wanted() -> bool:
        asked.append(None)
        return len(asked) < 100

    with left_unless(wanted), pytest.raises(Cancelled):
        holds_pictures(tmp_path / "many.zip")
    assert len(asked) == 100
