"""Turns printed pages into scans: pictures, PDF files without text, and what scanners and copiers do to them."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageFilter

DPI = 200


def pictures(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF in grey."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]


def written(pages: Sequence[Image.Image], kind: str) -> bytes:
    """Pages as one file: PDF and TIFF hold them all, PNG, JPEG and BMP the first, as pictures do."""
    out = io.BytesIO()
    if kind in {"PDF", "TIFF"}:
        pages[0].save(out, kind, save_all=True, append_images=pages[1:], resolution=DPI)
    else:
        pages[0].save(out, kind)
    return out.getvalue()


def below_each_other(pages: Sequence[Image.Image]) -> Image.Image:
    """All pages as one long picture."""
    long = Image.new("L", (pages[0].width, sum(page.height for page in pages)), 255)
    for number, page in enumerate(pages):
        long.paste(page, (0, number * page.height))
    return long


def askew(page: Image.Image) -> Image.Image:
    """A page that lay a little askew."""
    return page.rotate(0.9, Image.Resampling.BICUBIC, fillcolor=255)


def coarse(page: Image.Image) -> Image.Image:
    """A page scanned for the screen, as a JPEG."""
    small = page.resize((page.width * 9 // 20, page.height * 9 // 20), Image.Resampling.LANCZOS)
    return Image.open(io.BytesIO(written([small], "JPEG")))


def grey_noise(page: Image.Image) -> Image.Image:
    """A page on grey paper with grain."""
    grain = Image.effect_noise(page.size, 30).filter(ImageFilter.GaussianBlur(0.5))
    return Image.blend(page, grain, 0.3)


def blurred(page: Image.Image) -> Image.Image:
    """A page out of focus."""
    return page.filter(ImageFilter.GaussianBlur(2.2))


def dirty(page: Image.Image) -> Image.Image:
    """A page with dust on it."""
    page, rng = page.copy(), random.Random(1)
    for _ in range(300):
        x, y, size = rng.randrange(page.width), rng.randrange(page.height), rng.randrange(1, 4)
        page.paste(rng.randrange(150), (x, y, x + size, y + size))
    return page
