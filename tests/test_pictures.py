"""Pictures of text as documents: what is recognised, when it was taken, what cannot be read."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from askdossier import load
from askdossier.core import UnreadableDocument
from askdossier.load import picture, recognition

FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
CLIPPING = [
    "La foire aux laines de Brissac",
    "Le conseil a voté une dépense de 18 400 euros",
    "pour la réfection du lavoir communal. Les travaux",
    "commenceront le 12 mars et dureront six semaines.",
]
SECOND = ["La barque du passeur est réparée", "depuis mardi, et le péage reste à 2 euros."]

tesseract = pytest.mark.skipif(
    "fra" not in load.conditions(), reason="needs Tesseract with its French data"
)


def page(lines: list[str], size: int = 30, colour: str = "white") -> Image.Image:
    made = Image.new("RGB", (1240, 500), colour)
    font = ImageFont.truetype(str(FONT), size)
    for i, line in enumerate(lines):
        ImageDraw.Draw(made).text((80, 60 + 50 * i), line, font=font, fill="black")
    return made


def text(path: Path) -> str:
    return " ".join(block.text for block in load.read(path, path.name).blocks)


@tesseract
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.tif", "a.JPEG"])
def test_the_text_of_a_picture_is_read(name: str, tmp_path: Path) -> None:
    page(CLIPPING).save(tmp_path / name)
    document = load.read(tmp_path / name, name)
    assert document.source.recognised
    assert document.source.date is None
    assert text(tmp_path / name) == " ".join(CLIPPING)
    assert {start.number for block in document.blocks for start in block.pages} == {1}


@tesseract
@pytest.mark.parametrize("turn", [3, 6, 8])
def test_a_photograph_is_read_as_its_camera_was_held_and_has_its_day(
    turn: int, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    exif.get_ifd(0x8769)[0x9003] = "2023:05:06 10:00:00"
    degrees = {3: 180, 6: 90, 8: 270}[turn]
    page(CLIPPING).rotate(degrees, expand=True).save(tmp_path / "a.jpg", exif=exif, quality=92)
    assert text(tmp_path / "a.jpg") == " ".join(CLIPPING)
    assert load.read(tmp_path / "a.jpg", "a.jpg").source.date == "2023-05-06"
    image = load.page_image(tmp_path / "a.jpg", 1, "une dépense de 18 400 euros")
    assert image is not None
    assert image.width > image.height
    (box,) = image.boxes
    assert 0.2 < box.left < box.right < 0.75
    assert 100 / 500 < box.top < box.bottom < 170 / 500


@tesseract
def test_the_pages_of_a_fax_are_pages(tmp_path: Path) -> None:
    pages = [page(lines).convert("1") for lines in (CLIPPING, SECOND)]
    pages[0].save(tmp_path / "a.tiff", save_all=True, append_images=pages[1:])
    blocks = load.read(tmp_path / "a.tiff", "a.tiff").blocks
    assert [block.pages[0].number for block in blocks][-1] == 2
    image = load.page_image(tmp_path / "a.tiff", 2, "le péage reste à 2 euros")
    assert image is not None
    assert (image.number, len(image.boxes)) == (2, 1)


@tesseract
def test_small_transparent_and_deep_pictures_are_read(tmp_path: Path) -> None:
    page(CLIPPING).resize((620, 250)).save(tmp_path / "small.png")
    ink = page(CLIPPING).convert("L").point(lambda shade: 255 - shade)
    clear = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    clear.putalpha(ink)
    clear.save(tmp_path / "clear.png")
    deep = np.asarray(page(CLIPPING).convert("L"), dtype=np.uint16) * 256
    Image.fromarray(deep).save(tmp_path / "deep.png")
    for name in ("small", "clear", "deep"):
        assert "18 400 euros" in text(tmp_path / f"{name}.png"), name


@tesseract
def test_pictures_without_text_say_so_in_the_same_words(tmp_path: Path) -> None:
    Image.new("RGB", (800, 600), "blue").save(tmp_path / "blue.jpg")
    Image.new("RGB", (16, 16), "red").save(tmp_path / "icon.png")
    Image.effect_noise((600, 600), 90).save(tmp_path / "noise.png")
    for path in tmp_path.iterdir():
        with pytest.raises(UnreadableDocument) as error:
            load.read(path, path.name)
        assert str(error.value) == "no text could be recognised in the picture", path


def test_what_is_no_picture_or_a_huge_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "recogniser", lambda: recognition.Recogniser("none", ("fra",)))
    whole = io.BytesIO()
    page(CLIPPING).save(whole, "PNG")
    for name, data in {
        "a.png": b"rien", "b.jpg": b"\xff\xd8\xff\xe0rien", "c.heic": b"\0\0\0\x18ftypheicrien",
        "d.png": whole.getvalue()[:2000],
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableDocument, match=f"{name} is not a whole picture"):
            load.read(tmp_path / name, name)
    monkeypatch.setattr(picture, "_LARGEST", 1000)
    (tmp_path / "e.png").write_bytes(whole.getvalue())
    with pytest.raises(UnreadableDocument, match="million pixels"):
        load.read(tmp_path / "e.png", "e.png")
    monkeypatch.setattr(recognition, "recogniser", lambda: None)
    with pytest.raises(UnreadableDocument, match=r"is not recognised here\. Install Tesseract"):
        load.read(tmp_path / "e.png", "e.png")


@tesseract
@pytest.mark.parametrize("suffix", ["heic", "jpg", "png", "tiff", "webp"])
def test_pictures_of_real_programs(suffix: str) -> None:
    path = Path(__file__).parent / "data" / "members" / f"coupure.{suffix}"
    assert "une dépense de 18 400 euros" in text(path)
