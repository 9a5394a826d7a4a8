"""What analysts can ask about an image; functions/contract/process.ts says what each number means."""

from __future__ import annotations

import math
import re
from typing import Any

from PIL import Image, ImageFilter, ImageStat

from .picture import Picture
from .renditions import on_white

_BOX = (256, 256)
_CLIPPED = 4
_LUMA = (0.2126, 0.7152, 0.0722, 0)
_EXIF_DIRECTORY = 0x8769


def features_of(picture: Picture, name: str, size_bytes: int) -> dict[str, Any]:
    """Measured on the first frame within 256 × 256 pixels, on white."""
    small = on_white(picture.first.copy())
    small.thumbnail(_BOX, Image.Resampling.LANCZOS)
    luma = small.convert("L", matrix=_LUMA)
    return {
        "width": picture.first.width,
        "height": picture.first.height,
        "format": name,
        "bytes": size_bytes,
        "frames": picture.frames,
        "hasAlpha": picture.has_alpha,
        "colourSpace": picture.colour_space,
        **_dominant_colours(small),
        "perceptualHash": _perceptual_hash(luma),
        "sharpness": round(_sharpness(luma), 4),
        **_light(luma),
        **_exposure(picture.exif),
    }


def _dominant_colours(small: Image.Image) -> dict[str, Any]:
    boxes: dict[tuple[int, ...], list[int]] = {}
    for count, colour in small.getcolors(small.width * small.height):
        box = boxes.setdefault(tuple(channel >> 5 for channel in colour), [0, 0, 0, 0])
        box[0] += count
        for channel in range(3):
            box[channel + 1] += count * colour[channel]
    largest = sorted(boxes.items(), key=lambda item: (-item[1][0], item[0]))[:5]
    means = [[round(total / count) for total in totals] for _, (count, *totals) in largest]
    pixels = small.width * small.height
    return {
        "dominantColours": [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in means],
        "dominantShares": [round(count / pixels, 4) for _, (count, *_) in largest],
    }


def _perceptual_hash(luma: Image.Image) -> str:
    grey = luma.resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = [grey[row * 9 + column] > grey[row * 9 + column + 1] for row in range(8) for column in range(8)]
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def _sharpness(luma: Image.Image) -> float:
    """By eighths of the Laplacian, since a filter of Pillow gives whole numbers from 0 to 255."""
    if luma.width < 3 or luma.height < 3:
        return 0
    laplacian = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=8, offset=128)
    inner = luma.filter(laplacian).crop((1, 1, luma.width - 1, luma.height - 1))
    return ImageStat.Stat(inner).stddev[0] * 8


def _light(luma: Image.Image) -> dict[str, float]:
    histogram = luma.histogram()
    count = luma.width * luma.height
    mean = sum(value * pixels for value, pixels in enumerate(histogram)) / count
    squares = sum(value * value * pixels for value, pixels in enumerate(histogram)) / count
    return {
        "entropy": round(-sum(n / count * math.log2(n / count) for n in histogram if n), 4) + 0.0,
        "meanBrightness": round(mean, 4),
        "contrast": round(math.sqrt(max(0, squares - mean * mean)), 4),
        "darkShare": round(sum(histogram[: _CLIPPED + 1]) / count, 4),
        "brightShare": round(sum(histogram[255 - _CLIPPED :]) / count, 4),
    }


def _exposure(exif: Image.Exif) -> dict[str, Any]:
    """Time and exposure, and never the place."""
    try:
        tags = exif.get_ifd(_EXIF_DIRECTORY)
    except (ValueError, TypeError, SyntaxError, KeyError, OSError):
        tags = {}
    taken = re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", str(tags.get(0x9003, "")).strip("\0 "))
    zone = re.fullmatch(r"[+-](?:0\d|1[0-4]):[0-5]\d", str(tags.get(0x9011, "")).strip("\0 "))
    return {
        "capturedAt": f"{taken[1]}-{taken[2]}-{taken[3]}T{taken[4]}{zone[0] if zone else ''}" if taken else None,
        "exposureSeconds": _number(tags.get(0x829A), 1e-7, 86_400),
        "fNumber": _number(tags.get(0x829D), 0.1, 1000),
        "isoSpeed": _number(tags.get(0x8827), 1, 65_534),
    }


def _number(value: Any, least: float, most: float) -> float | None:
    if isinstance(value, tuple) and value:
        value = value[0]
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return float(f"{number:.7g}") if least <= number <= most else None
