"""How the notebooks' figures look, and galleries of images."""

import math

import matplotlib.pyplot as plt

import darkroom

#: Colours that people with any colour vision tell apart (Okabe and Ito).
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#6B6B6B"]
INK, FAINT = "#2B2B2B", "#DADADA"


def style():
    """Sets the look of all figures that follow."""
    plt.rcParams.update(
        {
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "font.size": 10,
            "text.color": INK,
            "axes.prop_cycle": plt.cycler(color=COLOURS),
            "axes.edgecolor": FAINT,
            "axes.labelcolor": INK,
            "axes.titlesize": 11,
            "axes.titleweight": "semibold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": FAINT,
            "grid.linewidth": 0.6,
            "xtick.color": INK,
            "ytick.color": INK,
            "legend.frameon": False,
        }
    )


def gallery(frame, caption, title="", columns=6, rendition="thumbnail"):
    """Pictures of the rows of frame, each with caption(row) below it."""
    rows = max(1, math.ceil(len(frame) / columns))
    figure, axes = plt.subplots(rows, columns, figsize=(1.7 * columns, 2.05 * rows), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for axis, picture, (_, row) in zip(axes.flat, darkroom.images(frame, rendition), frame.iterrows()):
        axis.imshow(picture)
        axis.text(0.5, -0.04, caption(row), transform=axis.transAxes, ha="center", va="top", fontsize=8)
    if title:
        figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="semibold")
    return figure
