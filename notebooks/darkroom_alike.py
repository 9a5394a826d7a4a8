"""Which images are the same picture, by their perceptual hashes (docs/features.md)."""

import numpy as np

#: Pictures whose hashes differ in at most so many of 64 bits are usually the same, scaled or saved anew.
SAME = 10


def bits_apart(frame):
    """How many bits the hashes of every two images differ in: a table with a row and a column for each row of frame."""
    hashes = [int(text, 16) for text in frame["features.perceptualHash"]]
    return np.array([[(one ^ other).bit_count() for other in hashes] for one in hashes])


def groups(frame, bits=SAME):
    """A number for each image, the same for images that are the same picture, also by way of a third."""
    apart = bits_apart(frame)
    numbers = np.arange(len(frame))
    for row in range(len(frame)):
        for other in np.flatnonzero(apart[row, :row] <= bits):
            numbers[numbers == numbers[other]] = numbers[row]
    return numbers
