"""Entry of the function: the contract of functions/contract/invocation.ts, version 1."""

from __future__ import annotations

from typing import Any

from .exchange import Answer, read_image
from .processing import process
from .refused import Refused
from .time_limit import TimeLimit

CONTRACT_VERSION = 1


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """One image in, its outputs and features out, or why it is refused for good."""
    version = event.get("contractVersion")
    if version != CONTRACT_VERSION:
        raise ValueError(f"contractVersion: expected {CONTRACT_VERSION}, but got {version}")
    context = event["context"]
    try:
        with TimeLimit(context["secondsAllowed"]):
            outputs, features = process(read_image(event["image"]), context)
        answer = Answer(event["slots"])
        return {"outputs": [answer.output(output) for output in outputs], "features": features}
    except Refused as refused:
        return {"refused": {"reason": refused.reason, "message": refused.message}}
