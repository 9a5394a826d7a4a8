"""What a file is, by its first bytes; nothing but these formats reaches a decoder."""

from __future__ import annotations

from .refused import Refused

# Names of the contract, and Pillow's.
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "gif": "GIF", "tiff": "TIFF"}

_OTHER_IMAGES = (b"BM", b"8BPS", b"%PDF", b"\xff\x0a", b"\x00\x00\x00\x0cJXL ", b"<svg", b"<?xml")


def format_of(content: bytes) -> str:
    """Name of the format. Raises Refused for everything else."""
    head = content[:32]
    if not head:
        raise Refused("empty", "Expected an image, but the file has no bytes.")
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return "tiff"
    if head[4:8] == b"ftyp":
        if head[8:12] in (b"avif", b"avis"):
            return "avif"
        raise Refused("unsupported-format", "Expected jpeg, png, webp, avif, gif or tiff, but got HEIC or a film.")
    if head.lstrip().startswith(_OTHER_IMAGES):
        raise Refused("unsupported-format", "Expected jpeg, png, webp, avif, gif or tiff, but got another format.")
    raise Refused("not-an-image", "Expected an image, but the first bytes are those of none.")
