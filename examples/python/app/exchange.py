"""How files come and go: inside of the event and the answer, or, where they are large, through S3."""

from __future__ import annotations

import base64
import urllib.request
from dataclasses import dataclass
from typing import Any

# Lambda carries 6 MB of answer; the rest of it is for everything that is no file.
_MAX_INLINE_BASE64 = 5_500_000

# Longest wait for S3, in seconds. A call that waits longer is ended and tried again.
_S3_SECONDS = 20


@dataclass(frozen=True)
class Output:
    """One picture made from the image; functions/contract/process.ts says what each field means."""

    name: str
    extension: str
    content_type: str
    width: int
    height: int
    frames: int
    content: bytes


def read_image(image: dict[str, Any]) -> bytes:
    """The file's bytes, unchecked."""
    if "bytesBase64" in image:
        return base64.b64decode(image["bytesBase64"])
    with urllib.request.urlopen(image["url"], timeout=_S3_SECONDS) as response:
        return response.read()


class Answer:
    """Puts outputs into the answer while there is room, and the others into slots."""

    def __init__(self, slots: list[str]) -> None:
        self._slots = slots
        self._taken = 0
        self._room = _MAX_INLINE_BASE64

    def output(self, output: Output) -> dict[str, Any]:
        """An output as the contract wants it."""
        fields = {
            "name": output.name,
            "extension": output.extension,
            "contentType": output.content_type,
            "width": output.width,
            "height": output.height,
            "frames": output.frames,
        }
        text = base64.b64encode(output.content).decode("ascii")
        if len(text) <= self._room:
            self._room -= len(text)
            return {**fields, "bytesBase64": text}
        slot = self._taken
        self._taken += 1
        request = urllib.request.Request(self._slots[slot], data=output.content, method="PUT")
        # Without a type of its own urllib says it were a form.
        request.add_header("Content-Type", output.content_type)
        with urllib.request.urlopen(request, timeout=_S3_SECONDS):
            return {**fields, "slot": slot}
