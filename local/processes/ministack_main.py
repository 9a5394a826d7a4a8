"""Runs MiniStack, which by itself keeps its state only when it ends in order.

Here the state is also written while it runs: a few seconds after a change, and when asked by POST /_darkroom/save. So
what was applied survives a crash. GET /_darkroom/instance tells this MiniStack from another one on the same port.
"""

import asyncio
import os
import threading
import time

from ministack import app as ministack
from ministack.core import persistence

SAVE_PATH = "/_darkroom/save"
INSTANCE_PATH = "/_darkroom/instance"
INSTANCE = os.environ.pop("DARKROOM_INSTANCE").encode()
INTERVAL_SECONDS = float(os.environ.pop("DARKROOM_SAVE_INTERVAL_SECONDS"))

one_at_a_time = threading.Lock()
changed = threading.Event()
inner = ministack.app


def save():
    """Writes the state of every service that was used; each file is replaced whole."""
    with one_at_a_time:
        changed.clear()
        persistence.save_all(ministack._build_persistence_save_dict())


def save_now_and_then():
    while True:
        changed.wait()
        time.sleep(INTERVAL_SECONDS)
        save()


async def answer(send, body):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": body})


async def with_saving(scope, receive, send):
    if scope["type"] != "http":
        return await inner(scope, receive, send)
    if scope["path"] == SAVE_PATH:
        await asyncio.to_thread(save)
        return await answer(send, b"saved")
    if scope["path"] == INSTANCE_PATH:
        return await answer(send, INSTANCE)
    try:
        return await inner(scope, receive, send)
    finally:
        if scope["method"] not in ("GET", "HEAD"):
            changed.set()


if __name__ == "__main__":
    ministack.app = with_saving
    threading.Thread(target=save_now_and_then, daemon=True).start()
    ministack.main()
