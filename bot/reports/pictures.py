"""Makes of whatever a citizen sends a small JPEG of what can be seen, and nothing else: no place, no camera, no hidden content."""

from __future__ import annotations

import io

from PIL import GifImagePlugin, Image, ImageOps, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from bot.reports.errors import PictureRefused

LARGEST = 10_000_000
"""Bytes of a picture that is looked at; WhatsApp sends at most 5 MB."""

_PIXELS = 40_000_000
"""What a picture may unpack to: of a few kilobytes a terapixel can be made."""

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
            if picture.width * picture.height > _PIXELS:
                raise PictureRefused("too_large")
            return _jpeg(picture)
    except Image.DecompressionBombError as error:
        raise PictureRefused("too_large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureRefused("not_a_picture") from error


def _jpeg(picture: Image.Image) -> bytes:
    # A JPEG is unpacked at the smallest size that is enough, so that a large photo costs little memory.
    picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    seen = upright.convert("RGBA") if upright.mode in ("RGBA", "LA", "P", "PA") else upright.convert("RGB")
    # A fresh sheet carries nothing over but the pixels: no EXIF, no comment, no colour profile.
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
