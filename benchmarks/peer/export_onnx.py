#!/usr/bin/python3
"""export_onnx.py MODEL.safetensors FOLDER SIDE,BATCH…: MODEL_SIDE_BATCH.onnx for ONNX Runtime, shapes fixed.

Opset 16 is the newest that Debian's PyTorch exports."""
import json
import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "training"))
import torch  # noqa: E402
import weights  # noqa: E402
from model import UNet  # noqa: E402

warnings.filterwarnings("ignore")


def main():
    path, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    tensors, metadata = weights.load(path)
    arch = json.loads(metadata["architecture"])
    net = UNet(arch).eval()
    net.load_state_dict({name: torch.tensor(a).float() for name, a in tensors.items()})
    for argument in sys.argv[3:]:
        side, batch = map(int, argument.split(","))
        inputs = torch.randn(batch, arch["channels"], side, side), torch.full((batch,), 0.7)
        torch.onnx.export(net, inputs, str(folder / f"{path.stem}_{side}_{batch}.onnx"), opset_version=16,
                          input_names=["x", "log_snr"], output_names=["v"], do_constant_folding=True)


if __name__ == "__main__":
    main()
