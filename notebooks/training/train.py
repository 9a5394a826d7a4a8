"""Trains a small convolutional network on a SageMaker training job: what `02-train.ipynb` sends off.

SageMaker's PyTorch container runs it with the channels `images` and `labels`, and stores what lies in the model folder at the end.
After an interruption (spot instances can be taken away) it goes on from the last epoch.
"""

import argparse
import json
import os
from pathlib import Path

import numpy as np
import torch
from torch import nn

import dataset


def network(classes):
    layers = []
    for inputs, outputs in ((3, 32), (32, 64), (64, 128)):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(128, classes))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--epochs", type=int, default=30)
    options.add_argument("--batch-size", type=int, default=64)
    options.add_argument("--size", type=int, default=64)
    options.add_argument("--images", default=os.environ.get("SM_CHANNEL_IMAGES"))
    options.add_argument("--labels", default=os.environ.get("SM_CHANNEL_LABELS"))
    options.add_argument("--model-dir", default=os.environ.get("SM_MODEL_DIR", "."))
    options.add_argument("--checkpoints", default="/opt/ml/checkpoints")
    chosen = options.parse_args()

    torch.manual_seed(7)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pixels, labels, names = dataset.read(chosen.images, Path(chosen.labels) / "labels.csv", chosen.size)
    order = np.random.default_rng(7).permutation(len(labels))
    held_out = order[: max(1, len(order) // 5)]
    learn = order[len(held_out) :]
    images = torch.tensor(pixels).permute(0, 3, 1, 2)
    wanted = torch.tensor(labels)

    model = network(len(names)).to(device)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    checkpoint = Path(chosen.checkpoints) / "last.pt"
    first = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        first = saved["epoch"] + 1
    for epoch in range(first, chosen.epochs):
        model.train()
        for batch in np.array_split(np.random.default_rng(epoch).permutation(learn), -(-len(learn) // chosen.batch_size)):
            loss = nn.functional.cross_entropy(model(images[batch].to(device)), wanted[batch].to(device))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        model.eval()
        with torch.no_grad():
            right = (model(images[held_out].to(device)).argmax(1).cpu() == wanted[held_out]).float().mean().item()
        print(f"epoch={epoch} loss={loss.item():.4f} held_out_accuracy={right:.4f}", flush=True)
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epoch}, checkpoint)
    torch.save(model.state_dict(), Path(chosen.model_dir) / "model.pt")
    (Path(chosen.model_dir) / "labels.json").write_text(json.dumps(names))


if __name__ == "__main__":
    main()
