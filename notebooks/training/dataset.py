"""A labelled set of images as SageMaker lays it out: a folder of images, and `labels.csv` with the columns `key` and `label`."""

import csv
from pathlib import Path

import numpy as np
from PIL import Image


def read(images, labels, size=64):
    """Pixels from 0 to 1 (images × height × width × RGB), labels as whole numbers, and the labels' names.

    Raises ValueError that names every image of `labels` that is not in the folder.
    """
    with open(labels, newline="", encoding="utf8") as file:
        rows = list(csv.DictReader(file))
    missing = [row["key"] for row in rows if not (Path(images) / row["key"]).is_file()]
    if missing:
        raise ValueError(f"{len(missing)} images of {labels} are not in {images}: {', '.join(missing[:5])} …")
    names = sorted({row["label"] for row in rows})
    pixels = [
        np.asarray(Image.open(Path(images) / row["key"]).convert("RGB").resize((size, size)), dtype=np.float32) / 255
        for row in rows
    ]
    return np.stack(pixels), np.array([names.index(row["label"]) for row in rows]), names
