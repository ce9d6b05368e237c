#!/usr/bin/python3
"""Small classifiers, trained on real pictures only: the judges of the samples. classifier.py digits | doodles |
icons | faces trains one and tells its accuracy. The judge of faces names their parts, too."""
import sys

import common
import data
import torch
import torch.nn.functional as F
from torch import nn

# steps are batches of training
JUDGES = {"digits": {"channels": 1, "classes": 10, "batch": 128, "steps": 4 * 60000 // 128, "drop": 0.3},
          "doodles": {"channels": 1, "classes": 30, "batch": 64, "steps": 4000, "drop": 0.5},
          "icons": {"channels": 3, "classes": 24, "batch": 64, "steps": 5000, "drop": 0.5},
          "faces": {"channels": 3, "classes": 6, "batch": 64, "steps": 3000, "drop": 0.1}}


class Classifier(nn.Module):
    """features() are 64 numbers, for Fréchet distances; forward() the logits of the classes; `parts` says of how many values
    each part is that it names besides."""

    def __init__(self, channels, classes, drop, parts=(), **_):
        super().__init__()
        width = (channels, 24, 48, 96)
        self.drop = drop
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(width, width[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in width[1:])
        self.dense = nn.Linear(96 * 16, 64)
        self.last = nn.Linear(64, classes)
        self.parts = nn.ModuleList(nn.Linear(64, values) for values in parts)

    def features(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        return F.relu(self.dense(F.dropout(x.flatten(1), self.drop, self.training)))

    def forward(self, x):
        return self.last(self.features(x))


def new(what, dataset):
    known = getattr(dataset, "part_values", ({},))[0]
    return Classifier(**JUDGES[what], parts=[len(values) for values in known.values()])


def batch_loss(net, what, dataset, n):
    if net.parts:
        x, label, having = dataset.batch_with_parts(n)
        seen = net.features(x)
        of_parts = [F.cross_entropy(head(seen), of) for head, of in zip(net.parts, having.T)]
        return F.cross_entropy(net.last(seen), label) + sum(of_parts)
    x, label = dataset.batch(n)
    if what == "digits":  # the others come shifted
        x = torch.roll(x, torch.randint(-2, 3, (2,)).tolist(), (2, 3))
    return F.cross_entropy(net(x), label)


def train(what, dataset):
    """(network, accuracy on the pictures that were held out)"""
    torch.manual_seed(11)
    settings = JUDGES[what]
    net = new(what, dataset)
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=settings["steps"])
    for _ in range(settings["steps"]):
        loss = batch_loss(net, what, dataset, settings["batch"])
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
def name_parts(net, pictures):
    """Which value of each part: (pictures × parts)."""
    name = lambda part: torch.stack([head(part).argmax(1) for head in net.parts], 1)
    return torch.cat([name(net.features(part)) for part in pictures.split(500)])


@torch.no_grad()
def features(net, pictures):
    return torch.cat([net.features(part) for part in pictures.split(500)])


def part_accuracy(net, dataset):
    """{part: how often it is named rightly on the pictures that were kept apart}"""
    if not net.parts:
        return {}
    known, _, having = dataset.part_values
    right = (name_parts(net, dataset.real()[0]) == having).float().mean(0)
    return dict(zip(known, right.tolist()))


def file_of(what):
    path = common.cache(f"judge-{what}.pt")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def load(what, dataset):
    """(network, its accuracy on pictures it never saw); trains it when there is none yet (some minutes)."""
    if not file_of(what).is_file():
        return train(what, dataset)
    state = torch.load(file_of(what))
    net = new(what, dataset)
    net.load_state_dict(state["state"])
    return net.eval(), state["accuracy"]


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in JUDGES:
        sys.exit(__doc__)
    what = sys.argv[1]
    dataset = data.load(common.read_recipe(what)["data"])
    net, accuracy = train(what, dataset)
    print(f"accuracy on real {what} that were held out: {100 * accuracy:.2f} %")
    for part, right in part_accuracy(net, dataset).items():
        print(f"  {part}: {100 * right:.2f} %")
