"""What is made of an image: the work of functions/processing, by Pillow."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, UnidentifiedImageError

from .exchange import Output
from .features import features_of
from .formats import FORMATS, format_of
from .picture import Picture
from .refused import Refused
from .renditions import render

# The limits of the settings are asked before anything is decoded; Pillow's own is another number.
Image.MAX_IMAGE_PIXELS = None


def process(content: bytes, context: dict[str, Any]) -> tuple[list[Output], dict[str, Any]]:
    """Upright, in sRGB, without metadata, one picture a rendition, and what analysts ask for."""
    limits = context["limits"]
    if len(content) > limits["maxBytes"]:
        raise Refused(
            "too-many-bytes",
            f"Expected at most {limits['maxBytes']} bytes (processing.limits.maxBytes), but got {len(content)}.",
        )
    name = format_of(content)
    try:
        # No other decoder is asked, whatever the bytes claim to be.
        with Image.open(io.BytesIO(content), formats=[FORMATS[name]]) as image:
            frames = _checked(image, name, limits)
            picture = Picture(image, frames)
            outputs = [render(picture, rendition) for rendition in context["renditions"]]
            return outputs, features_of(picture, name, len(content))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow's errors about damaged files are of these kinds. Memory that ran out is not: that is tried again.
        raise Refused("corrupt", f"Expected a whole {name} file, but it cannot be decoded: {error}.") from error


def _checked(image: Image.Image, name: str, limits: dict[str, Any]) -> int:
    """The number of frames, once header and limits agree."""
    frames = getattr(image, "n_frames", 1)
    if frames > limits["maxFrames"]:
        raise Refused(
            "too-many-frames",
            f"Expected at most {limits['maxFrames']} frames or pages (processing.limits.maxFrames), but got {frames}.",
        )
    decoded = frames if name in ("gif", "webp") else 1
    if image.width * image.height * decoded > limits["maxPixels"]:
        size = f"{image.width} × {image.height}" + (f" × {decoded} frames" if decoded > 1 else "")
        raise Refused(
            "too-many-pixels",
            f"Expected at most {limits['maxPixels']} pixels (processing.limits.maxPixels), but got {size}.",
        )
    return frames
