"""What a file is by its bytes, never by its name; and the small picture of an image."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

import filetype
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

KINDS: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/gif": ("gif",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.ms-powerpoint": ("ppt",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
    "audio/mpeg": ("mp3",),
    "audio/mp4": ("m4a",),
    "audio/aac": ("aac",),
    "audio/ogg": ("ogg",),
    "audio/x-wav": ("wav",),
    "audio/amr": ("amr",),
    "video/mp4": ("mp4",),
    "video/quicktime": ("mov",),
    "video/webm": ("webm",),
    "video/3gpp": ("3gp",),
}
"""What is taken, with the endings that such a file may have. Nothing here is run or drawn as a page by a browser."""
HEIC = "image/heic"
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", HEIC)
"""Images that are checked whole and have a small picture."""
THUMB = 320
PREVIEW = 2048
"""Pixels along the longer side of what is shown in the place of an image that most browsers cannot draw."""
MOST_PIXELS = 60_000_000
_INSIDE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


pi_heif.register_heif_opener(thumbnails=False)


class Unreadable(ValueError):
    """An image whose bytes are broken, or far too large to be drawn."""


def kind_of(file: BinaryIO) -> str:
    """The content type of a file, "" for one that is not taken."""
    file.seek(0)
    found = filetype.guess(file.read(8192))
    kind = found.mime if found else ""
    if found and found.extension in ("zip", "docx", "xlsx", "pptx"):
        kind = _packed(file)
    return kind if kind in KINDS else ""


def thumbnail_of(file: BinaryIO) -> bytes:
    """A small picture of an image, turned the way it was taken. Raises ``Unreadable``."""
    return _written(_small(file, THUMB), "WEBP", quality=72)


def pictures_of(file: BinaryIO, kind: str) -> tuple[bytes | None, bytes | None]:
    """The small picture of a file, and what browsers show in its place where they cannot draw it. Raises ``Unreadable``."""
    if kind not in PICTURES:
        return None, None
    if kind != HEIC:
        return thumbnail_of(file), None
    preview = _written(_small(file, PREVIEW).convert("RGB"), "JPEG", quality=85)
    return thumbnail_of(io.BytesIO(preview)), preview


def _small(file: BinaryIO, side: int) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Unreadable("too many pixels")
                image.draft("RGB", (side * 2, side * 2))  # a large photo is decoded small
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((side, side))
                return upright.convert("RGBA" if upright.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise Unreadable(str(error)) from error


def _written(image: Image.Image, format: str, **how: int) -> bytes:
    kept = io.BytesIO()
    image.save(
        kept, format, **how
    )  # nothing of what a telephone notes beside the picture, such as the place, goes along
    return kept.getvalue()


def good_name(name: str, kind: str) -> str:
    """The name as given, without path or control characters, with an ending that tells the truth about the content."""
    plain = "".join(character for character in name.replace("\\", "/").split("/")[-1] if character.isprintable()).strip(
        " ."
    )
    path = PurePosixPath(plain or KINDS[kind][0])
    if path.suffix.lstrip(".").lower() in KINDS[kind]:
        return f"{path.stem[:100]}{path.suffix}"
    return f"{str(path)[:100]}.{KINDS[kind][0]}"


def _packed(file: BinaryIO) -> str:
    """What sort of office document a ZIP is, "" for any other."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            inside = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    return next((kind for name, kind in _INSIDE.items() if name in inside), "")
