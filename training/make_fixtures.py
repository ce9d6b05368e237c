#!/usr/bin/python3
"""Writes tests/data/nn/*.safetensors: tiny random networks with inputs, outputs and every step between.

The C++ tests load the weights under their contract names and compare with the tensors called test/..."""
import json

import common
import torch
import weights
from model import Attention, ResBlock, UNet

OUT = common.ROOT / "tests" / "data" / "nn"
BASE = {"format": "noiseglass-unet-1", "stem": 4, "patch": 2, "blocks": 2, "embedding": 16, "frequencies": 32}
NETWORKS = {
    "group": dict(BASE, channels=1, widths=[8, 32], middle=2, attention=True, norm="group", groups=4, classes=10),
    "pixel": dict(BASE, channels=3, widths=[8, 12, 16], blocks=1, middle=2, attention=False, norm="pixel", groups=4, classes=0),
}


def randomise(net):
    """No parameter may sit at its special first value (0 or 1), or a test would not see it."""
    for name, p in net.named_parameters():
        if p.dim() == 1:
            p.data.normal_(0, 0.2)
            if "norm" in name and name.endswith("weight"):
                p.data.add_(1)
        else:
            p.data.normal_(0, 1.2 / p[0].numel() ** 0.5)


def record(net, test):
    """Hooks that keep the output of every part as test/NAME (test/leave is before the pixel shuffle)."""
    parts = ("stem", "enter", "leave", "downsample.", "upsample.", "attention.")
    for name, module in net.named_modules():
        whole = name in parts or name[:-1] in parts or isinstance(module, ResBlock)
        if whole:
            module.register_forward_hook(lambda m, i, out, name=name: test.__setitem__(f"test/{name}", out))


def numpy(tensors):
    return {name: t.detach().numpy() for name, t in tensors.items()}


def student():
    """Told in how many steps the whole way is gone: x twice, in 4 steps and in 1."""
    arch = dict(NETWORKS["group"], widths=[8, 16], attention=False, classes=3, steps=[8, 4, 2, 1])
    net = UNet(arch).eval()
    randomise(net)
    x, lam, label, row = torch.randn(1, 1, 8, 8).repeat(2, 1, 1, 1), torch.tensor([0.4, 0.4]), torch.tensor([2, 2]), torch.tensor([1, 3])
    metadata = {"architecture": json.dumps(arch), "prediction": "v", "name": "fixture-student", "guidance": "1.5"}
    tensors = {**net.state_dict(), "test/x": x, "test/v": net(x, lam, label, row)}
    weights.save(OUT / "unet_student.safetensors", numpy(tensors), metadata)


@torch.no_grad()
def main():
    torch.manual_seed(7)
    for name, arch in NETWORKS.items():
        net, test = UNet(arch).eval(), {}
        randomise(net)
        record(net, test)
        if arch["classes"]:  # two samples: a class, and "no class" at a log-SNR beyond the clamp
            x, lam, label = torch.randn(2, 1, 16, 16), torch.tensor([1.7, -23.0]), torch.tensor([3, 10])
            test["test/class"] = label.float()
        else:
            x, lam, label = torch.randn(1, 3, 16, 40), torch.tensor([3.3]), None
        test.update({"test/x": x, "test/lambda": lam, "test/embedding": net.embedding(lam, label)})
        test["test/v"] = net(x, lam, label)
        metadata = {"architecture": json.dumps(arch), "prediction": "v", "name": f"fixture-{name}"}
        weights.save(OUT / f"unet_{name}.safetensors", numpy({**net.state_dict(), **test}), metadata)

    attention = Attention({"norm": "group", "groups": 8}, 64)  # two heads
    randomise(attention)
    x = torch.randn(1, 64, 4, 6)
    tensors = {**attention.state_dict(), "test/x": x, "test/y": attention(x)}
    weights.save(OUT / "attention.safetensors", numpy(tensors), {"norm": "group", "groups": "8", "heads": "2"})
    student()


if __name__ == "__main__":
    main()
