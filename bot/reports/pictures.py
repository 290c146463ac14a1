"""Makes of whatever a citizen sends a small JPEG of what can be seen, and nothing else: no place, no camera, no hidden content."""

from __future__ import annotations

import io

from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from bot.reports.errors import PictureRefused

LARGEST = 10_000_000
"""Bytes of a picture that is looked at; WhatsApp sends at most 5 MB."""

_PIXELS = 16_000_000
_PIXELS_OF_JPEG = 51_000_000
"""What a picture may unpack to, or a few kilobytes could fill the memory; a plain JPEG need not be unpacked whole.

Measured on the largest: 28 MB for a JPEG of 48 million pixels, 95 MB for a PNG of 16.
"""

_LONGEST_SIDE = 1600
_QUALITY = 82
_FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    GifImagePlugin.GifImageFile.format,
)
"""JPEG goes for MPO too, the double pictures of some telephones."""


def redraw(data: bytes) -> bytes:
    """The picture anew: upright, at most 1600 pixels, as JPEG without metadata. Raises PictureRefused."""
    if len(data) > LARGEST:
        raise PictureRefused("too_large")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _most_pixels(picture):
                raise PictureRefused("too_large")
            return _jpeg(picture)
    except Image.DecompressionBombError as error:
        raise PictureRefused("too_large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureRefused("not_a_picture") from error


def _most_pixels(picture: Image.Image) -> int:
    # All of a progressive JPEG must be in memory before any of it can be shrunk.
    plain = isinstance(picture, JpegImagePlugin.JpegImageFile) and not picture.info.get("progressive")
    return _PIXELS_OF_JPEG if plain else _PIXELS


def _jpeg(picture: Image.Image) -> bytes:
    # A JPEG is unpacked at the smallest size that is enough, so that a large photo costs little memory; shrink first, turn after.
    factor = _LONGEST_SIDE / max(picture.size)
    picture.draft("RGB", (int(picture.width * factor), int(picture.height * factor)))
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    ImageOps.exif_transpose(picture, in_place=True)
    seen = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    # A fresh sheet carries nothing over but the pixels: no EXIF, no comment, no colour profile.
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
