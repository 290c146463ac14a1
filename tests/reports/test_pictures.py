"""What is left of a picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from bot.reports.errors import PictureRefused
from bot.reports.pictures import LARGEST, redraw
from tests.reports.conftest import photo


def test_a_photo_comes_out_small_upright_and_without_a_word_about_where_it_was_taken() -> None:
    facts = Image.Exif()
    facts[0x0112] = 6  # turned a quarter
    facts[0x8825] = {1: "N", 2: (52.0, 32.0, 55.0)}
    facts[0x010E] = "van mij"
    found = Image.open(io.BytesIO(redraw(photo((3000, 2000), exif=facts, comment=b"geheim"))))
    assert (found.format, found.size) == ("JPEG", (1067, 1600))
    assert not found.getexif()
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_hangs_behind_a_picture_is_gone() -> None:
    assert b"<script>" not in redraw(photo() + b"<script>alert(1)</script>")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_every_usual_kind_becomes_a_jpeg(kind: str) -> None:
    assert redraw(photo(kind=kind)).startswith(b"\xff\xd8")


def test_what_is_see_through_becomes_white_and_notes_are_dropped() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("plek", "52.5, 4.6")
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG", pnginfo=notes)
    found = redraw(out.getvalue())
    assert b"52.5" not in found
    assert min(Image.open(io.BytesIO(found)).getpixel((5, 5))) > 250  # type: ignore[arg-type]


def test_a_photo_of_the_largest_telephones_is_taken() -> None:
    assert Image.open(io.BytesIO(redraw(photo((8000, 6000))))).size == (1600, 1200)


@pytest.mark.parametrize(
    "data",
    [b"", b"hallo", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", photo()[:40], photo(kind="TIFF"), photo(kind="PNG")[:60]],
    ids=["nothing", "text", "pdf", "svg", "half a jpeg", "tiff", "half a png"],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureRefused) as refused:
        redraw(data)
    assert refused.value.reason == "not_a_picture"


def test_what_is_too_large_is_refused_before_it_is_unpacked() -> None:
    for data in (b"\xff\xd8" + bytes(LARGEST), photo((9000, 9000), "PNG"), photo((6000, 6000), progressive=True)):
        with pytest.raises(PictureRefused) as refused:
            redraw(data)
        assert refused.value.reason == "too_large"
