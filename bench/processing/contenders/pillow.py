"""The contender on Pillow: what a script does with it for the same pictures. Speaks as serve.ts does."""

import io
import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageCms, ImageOps, features

ORIENTATION = 0x0112
ANSWERS = os.fdopen(3, "w", buffering=1)
SRGB = ImageCms.createProfile("sRGB") if features.check("littlecms2") else None


def in_srgb(image, profile):
    if not profile:
        return image
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.profileToProfile(image, source, SRGB, outputMode=image.mode)


def rendition_of(data, rendition):
    """The quickest order: shrunk while it is decoded where the format can, then colours, then turned upright."""
    box = (rendition["maxWidthPixels"], rendition["maxHeightPixels"])
    image = Image.open(io.BytesIO(data))
    profile = image.info.get("icc_profile")
    if image.getexif().get(ORIENTATION, 1) >= 5:
        box = (box[1], box[0])
    if rendition["fit"] == "cover":
        image.draft(None, (2 * box[0], 2 * box[1]))
    if image.mode not in ("RGB", "RGBA"):
        # Pillow resizes palettes and bits by their numbers.
        image = image.convert("RGBA" if "transparency" in image.info or "A" in image.mode else "RGB")
    if rendition["fit"] == "inside":
        image.thumbnail(box, Image.Resampling.LANCZOS)
    else:
        image = ImageOps.fit(image, (min(box[0], image.width), min(box[1], image.height)), Image.Resampling.LANCZOS)
    image = in_srgb(ImageOps.exif_transpose(image), profile)
    if rendition["format"] == "jpeg" and image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    out = io.BytesIO()
    image.save(out, rendition["format"].upper(), quality=rendition["quality"])
    return {"name": rendition["name"], "width": image.width, "height": image.height, "bytes": out.tell()}


def readable(data):
    """Which kinds Pillow reads depends on what it was built with."""
    try:
        profile = Image.open(io.BytesIO(data)).info.get("icc_profile")
    except Image.UnidentifiedImageError:
        return False
    return not profile or SRGB is not None


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_megabytes():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    job, loaded = None, []
    for line in sys.stdin:
        command = json.loads(line)
        if command["kind"] == "load":
            job = command["job"]
            loaded = [open(file, "rb").read() for file in command["files"]]
            print("{}", file=ANSWERS)
            continue
        can_write = all(features.check(r["format"]) for r in job["renditions"] if r["format"] in ("webp", "avif"))

        def work(index):
            data = loaded[index]
            if not can_write or not readable(data):
                return None
            return [rendition_of(data, rendition) for rendition in job["renditions"]]

        before, started = cpu(), time.perf_counter()
        # Pillow lets go of the interpreter's lock while it decodes, resizes and encodes.
        with ThreadPoolExecutor(command["atOnce"]) as pool:
            pictures = list(pool.map(work, command["images"]))
        seconds = time.perf_counter() - started
        answer = {"seconds": seconds, "cpuSeconds": cpu() - before, "peakMegabytes": peak_megabytes(), "pictures": pictures}
        print(json.dumps(answer), file=ANSWERS)


main()
