#!/usr/bin/python3
"""Small classifiers, trained on real pictures only: the judges of the samples. classifier.py digits | doodles | icons
trains one and tells its accuracy."""
import sys

import common
import data
import torch
import torch.nn.functional as F
from torch import nn

# steps are batches of training
JUDGES = {"digits": {"channels": 1, "classes": 10, "batch": 128, "steps": 4 * 60000 // 128, "drop": 0.3},
          "doodles": {"channels": 1, "classes": 30, "batch": 64, "steps": 4000, "drop": 0.5},
          "icons": {"channels": 3, "classes": 13, "batch": 64, "steps": 3000, "drop": 0.5}}


class Classifier(nn.Module):
    """features() are 64 numbers, for Fréchet distances; forward() the logits of the classes."""

    def __init__(self, channels, classes, drop, **_):
        super().__init__()
        width = (channels, 24, 48, 96)
        self.drop = drop
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(width, width[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in width[1:])
        self.dense = nn.Linear(96 * 16, 64)
        self.last = nn.Linear(64, classes)

    def features(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        return F.relu(self.dense(F.dropout(x.flatten(1), self.drop, self.training)))

    def forward(self, x):
        return self.last(self.features(x))


def train(what, dataset):
    """(network, accuracy on the pictures that were held out)"""
    torch.manual_seed(11)
    settings = JUDGES[what]
    net = Classifier(**settings)
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=settings["steps"])
    for _ in range(settings["steps"]):
        x, label = dataset.batch(settings["batch"])
        if what == "digits":  # the others come shifted
            x = torch.roll(x, torch.randint(-2, 3, (2,)).tolist(), (2, 3))
        loss = F.cross_entropy(net(x), label)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
    net.eval()
    x, label = dataset.held_out(len(dataset.test))
    accuracy = (classify(net, x) == label).float().mean().item()
    torch.save({"state": net.state_dict(), "accuracy": accuracy}, file_of(what))
    return net, accuracy


@torch.no_grad()
def classify(net, pictures):
    return torch.cat([net(part).argmax(1) for part in pictures.split(500)])


@torch.no_grad()
def features(net, pictures):
    return torch.cat([net.features(part) for part in pictures.split(500)])


def file_of(what):
    path = common.cache(f"judge-{what}.pt")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def load(what, dataset):
    """(network, its accuracy on pictures it never saw); trains it when there is none yet (some minutes)."""
    if not file_of(what).is_file():
        return train(what, dataset)
    state = torch.load(file_of(what))
    net = Classifier(**JUDGES[what])
    net.load_state_dict(state["state"])
    return net.eval(), state["accuracy"]


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in JUDGES:
        sys.exit(__doc__)
    what = sys.argv[1]
    print(f"accuracy on real {what} that were held out: "
          f"{100 * train(what, data.load(common.read_recipe(what)['data']))[1]:.2f} %")
