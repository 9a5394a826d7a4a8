"""Pictures by the renditions of the settings; never enlarged."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageOps

from .exchange import Output
from .picture import Picture

_EXTENSIONS = {"jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif"}


def render(picture: Picture, rendition: dict[str, Any]) -> Output:
    """One rendition; animated only where it says so and the image is."""
    file_format, quality = rendition["format"], rendition["quality"]
    animated = rendition.get("animation") == "keep" and picture.frames > 1
    size = _size(picture.first.size, rendition)
    options: dict[str, Any] = {} if file_format == "png" else {"quality": quality}
    if animated:
        frames = [(_resized(frame, size), shown) for frame, shown in picture.animation()]
        first = frames[0][0]
        options |= {
            "save_all": True,
            "append_images": [frame for frame, _ in frames[1:]],
            "duration": [shown for _, shown in frames],
            "loop": 0,
        }
    else:
        first = _resized(picture.first, size)
    if file_format == "jpeg":
        first = on_white(first)
    written = io.BytesIO()
    first.save(written, format=file_format.upper(), **options)
    return Output(
        name=rendition["name"],
        extension=_EXTENSIONS[file_format],
        content_type=f"image/{file_format}",
        width=size[0],
        height=size[1],
        frames=picture.frames if animated else 1,
        content=written.getvalue(),
    )


def on_white(image: Image.Image) -> Image.Image:
    """What shows where the picture is transparent."""
    if image.mode != "RGBA":
        return image
    white = Image.new("RGBA", image.size, "#ffffff")
    return Image.alpha_composite(white, image).convert("RGB")


def _size(picture: tuple[int, int], rendition: dict[str, Any]) -> tuple[int, int]:
    box = (rendition["maxWidthPixels"], rendition["maxHeightPixels"])
    ratios = [box[axis] / picture[axis] for axis in (0, 1)]
    scale = min(1, min(ratios) if rendition["fit"] == "inside" else max(ratios))
    # Half a pixel goes up, as elsewhere in Darkroom; round() would go to the even number.
    width, height = (min(max(1, int(picture[axis] * scale + 0.5)), box[axis]) for axis in (0, 1))
    return width, height


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Fills the size and cuts off evenly what reaches beyond it."""
    return ImageOps.fit(image, size, method=Image.Resampling.LANCZOS)
