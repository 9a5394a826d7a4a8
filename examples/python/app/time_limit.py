"""Holds one image to its share of time."""

from __future__ import annotations

import signal
from types import FrameType

from .refused import Refused

# The answer has to be on its way before Lambda ends the call.
_RESERVE_SECONDS = 0.5


class TimeLimit:
    """Refuses what takes longer. Lambda calls the handler in the main thread, where Python can be interrupted."""

    def __init__(self, seconds_allowed: float) -> None:
        self._seconds = seconds_allowed

    def __enter__(self) -> None:
        signal.signal(signal.SIGALRM, self._over)
        signal.setitimer(signal.ITIMER_REAL, max(0.1, self._seconds - _RESERVE_SECONDS))

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _over(self, _signal: int, _frame: FrameType | None) -> None:
        raise Refused("timeout", f"Processing took longer than the {self._seconds:g} seconds an image may take.")
