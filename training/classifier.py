#!/usr/bin/python3
"""A small digit classifier, trained on real MNIST only: the judge of the samples. classifier.py trains and tells its accuracy."""
import common
import data
import torch
import torch.nn.functional as F
from torch import nn

FILE = common.cache("classifier.pt")
EPOCHS, BATCH = 4, 128


class Classifier(nn.Module):
    """features() are 64 numbers, for Fréchet distances; forward() the ten logits."""

    def __init__(self):
        super().__init__()
        width = (1, 24, 48, 96)
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(width, width[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in width[1:])
        self.dense = nn.Linear(96 * 16, 64)
        self.last = nn.Linear(64, 10)

    def features(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        return F.relu(self.dense(F.dropout(x.flatten(1), 0.3, self.training)))

    def forward(self, x):
        return self.last(self.features(x))


def train(folder=None):
    torch.manual_seed(11)
    digits = data.Digits(folder or common.cache("data"), "cpu", {})
    net = Classifier()
    steps = EPOCHS * len(digits.pictures) // BATCH
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    for _ in range(steps):
        x, label = digits.batch(BATCH)
        x = torch.roll(x, torch.randint(-2, 3, (2,)).tolist(), (2, 3))
        loss = F.cross_entropy(net(x), label)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
    net.eval()
    accuracy = (classify(net, data.unit(digits.test[:, None], 2)) == digits.test_labels).float().mean().item()
    FILE.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"state": net.state_dict(), "accuracy": accuracy}, FILE)
    return net, accuracy


@torch.no_grad()
def classify(net, pictures):
    return torch.cat([net(part).argmax(1) for part in pictures.split(500)])


@torch.no_grad()
def features(net, pictures):
    return torch.cat([net.features(part) for part in pictures.split(500)])


def load():
    """(network, accuracy on the MNIST test set); trains it when there is none yet (some minutes)."""
    if not FILE.is_file():
        return train()
    state = torch.load(FILE)
    net = Classifier()
    net.load_state_dict(state["state"])
    return net.eval(), state["accuracy"]


if __name__ == "__main__":
    print(f"accuracy on the MNIST test set: {100 * train()[1]:.2f} %")
