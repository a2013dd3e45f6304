"""Test raster images: those that programs show differently are normalised, all others keep their bytes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from publish.readers.images import ImageLoader, identify
from publish.readers.raster import settled

FILES = Path(__file__).parents[1] / "diagnostics" / "PUB-R024"


def picture(name: str) -> tuple[Image.Image, str]:
    resource = identify((FILES / name).read_bytes())
    assert resource is not None
    made = settled(resource)
    assert made is not None
    return Image.open(io.BytesIO(made[0].data)), made[1]


def test_cmyk_colours_become_rgb() -> None:
    shown, change = picture("drukkleuren.jpg")
    assert shown.mode == "RGB"
    assert "colours" in change


def test_16_bit_grey_becomes_the_same_8_bit_grey() -> None:
    shown, _ = picture("zestien.png")
    assert shown.mode == "L"
    assert shown.getpixel((0, 0)) == pytest.approx(30000 / 256, abs=1)


def test_a_rotated_image_is_turned_upright() -> None:
    shown, change = picture("gekanteld.jpg")
    assert shown.size == (4, 8)
    assert change == "turned upright"


def test_an_ordinary_image_keeps_its_bytes() -> None:
    data = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(data, "PNG")
    resource = identify(data.getvalue())
    assert resource is not None
    assert settled(resource) == (resource, "")


def test_too_many_pixels_are_reported(tmp_path: Path) -> None:
    Image.new("1", (20000, 10000)).save(tmp_path / "x.png")
    images = ImageLoader(tmp_path, "x.md")
    images.load("x.png", None)
    assert [d.code for d in images.diagnostics] == ["PUB-R013"]
    assert "too many pixels" in images.diagnostics[0].message


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="20" height="10"', (20, 10)), ('width="1in" height="2.54cm"', (96, 96)),
        ('viewBox="0 0 40 20"', (40, 20)), ('width="80" viewBox="0 0 40 20"', (80, 40)), ('width="100%" viewBox="0,0,4,2"', (4, 2)),
    ],
)  # fmt: skip
def test_the_size_of_an_svg_image(head: str, size: tuple[int, int]) -> None:
    resource = identify(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode())
    assert resource is not None
    assert (resource.width, resource.height) == size
