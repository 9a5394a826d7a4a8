"""A checked image, ready to be drawn: upright, in sRGB, 8 bits a channel."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageCms, ImageOps

_SRGB = ImageCms.createProfile("sRGB")

# Colour spaces in the words of the contract, by Pillow's modes.
_COLOUR_SPACES = {"1": "b-w", "L": "b-w", "LA": "b-w", "CMYK": "cmyk", "LAB": "lab", "I;16": "grey16", "I;16B": "grey16"}


class Picture:
    """All frames of an image; they are decoded as they are asked for."""

    def __init__(self, image: Image.Image, frames: int) -> None:
        self._image = image
        self.frames = frames
        self.colour_space = _COLOUR_SPACES.get(image.mode, "srgb")
        self.has_alpha = image.has_transparency_data
        self.exif = image.getexif()
        self.first = self._upright()

    def animation(self) -> Iterator[tuple[Image.Image, int]]:
        """Each frame, and the milliseconds it is shown."""
        for index in range(self.frames):
            self._image.seek(index)
            yield self._upright(), int(self._image.info.get("duration") or 100)

    def _upright(self) -> Image.Image:
        frame = self._image.copy()
        profile = frame.info.get("icc_profile")
        frame = ImageOps.exif_transpose(frame)
        mode = "RGBA" if self.has_alpha else "RGB"
        if frame.mode.startswith("I;16"):
            frame = frame.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        drawn = _converted(frame, profile, mode) if profile else None
        if drawn is None:
            drawn = frame.convert(mode)
        # Writers take position, camera and profile from here unless they are told otherwise.
        drawn.info.clear()
        return drawn


def _converted(frame: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
    """The frame in sRGB; None where its profile is for another kind of picture, or broken."""
    if frame.mode not in ("RGB", "CMYK", "L"):
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        drawn = ImageCms.profileToProfile(frame, source, _SRGB, outputMode="RGB")
    except ImageCms.PyCMSError:
        return None
    return drawn.convert(mode) if drawn is not None else None
