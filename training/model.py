"""The network "noiseglass-unet-1": a U-Net on pixel-unshuffled pictures that predicts v.

ARCHITECTURE.md is the contract; the names of the modules here are the names in the weight files."""
import torch
import torch.nn.functional as F
from torch import nn

HEAD = 32  # channels of an attention head


class PixelNorm(nn.Module):
    """LayerNorm over the channels of each pixel: local, so a picture in tiles equals the whole."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        nhwc = x.float().permute(0, 2, 3, 1)
        return F.layer_norm(nhwc, nhwc.shape[-1:], self.weight, self.bias, 1e-5).permute(0, 3, 1, 2)


class GroupNorm(nn.GroupNorm):
    """GroupNorm in float32, also under autocast."""

    def forward(self, x):
        return F.group_norm(x.float(), self.num_groups, self.weight, self.bias, self.eps)


def make_norm(arch, channels):
    return PixelNorm(channels) if arch["norm"] == "pixel" else GroupNorm(arch["groups"], channels)


def zero(layer):
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


class ResBlock(nn.Module):
    def __init__(self, arch, inputs, outputs):
        super().__init__()
        self.norm1 = make_norm(arch, inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.norm2 = make_norm(arch, outputs)
        self.film = nn.Linear(arch["embedding"], 2 * outputs)
        self.conv2 = zero(nn.Conv2d(outputs, outputs, 3, padding=1))
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x, emb):
        h = self.conv1(F.silu(self.norm1(x)))
        scale, shift = self.film(emb)[:, :, None, None].chunk(2, dim=1)
        h = torch.addcmul(shift, self.norm2(h), 1 + scale)
        return self.skip(x) + self.conv2(F.silu(h))


class Attention(nn.Module):
    def __init__(self, arch, channels):
        super().__init__()
        self.norm = make_norm(arch, channels)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1)
        self.proj = zero(nn.Conv2d(channels, channels, 1))

    def forward(self, x):
        n, c, height, width = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(n, 3, c // HEAD, HEAD, height * width).unbind(1)
        weights = (q.transpose(-1, -2) @ k * HEAD ** -0.5).softmax(-1)  # row: the pixel that asks
        out = v @ weights.transpose(-1, -2)
        return x + self.proj(out.reshape(n, c, height, width))


class UNet(nn.Module):
    def __init__(self, arch):
        super().__init__()
        assert arch["format"] == "noiseglass-unet-1", arch["format"]
        self.arch = arch
        widths, E, folded = arch["widths"], arch["embedding"], arch["stem"] * arch["patch"] ** 2
        levels = range(len(widths) - 1)
        self.register_buffer("omega", 0.05 * 100 ** (torch.arange(arch["frequencies"]) / (arch["frequencies"] - 1)),
                             persistent=False)
        self.embed = nn.Sequential(nn.Linear(2 * arch["frequencies"], E), nn.SiLU(), nn.Linear(E, E))
        if arch["classes"]:
            self.class_embed = nn.Embedding(arch["classes"] + 1, E)
        if arch.get("steps"):
            self.step_embed = nn.Embedding(len(arch["steps"]), E)
            nn.init.zeros_(self.step_embed.weight)
        self.stem = nn.Conv2d(arch["channels"], arch["stem"], 3, padding=1)
        self.enter = nn.Conv2d(folded, widths[0], 3, padding=1)
        self.down = nn.ModuleList(
            nn.ModuleList(ResBlock(arch, widths[i], widths[i]) for _ in range(arch["blocks"])) for i in levels)
        self.downsample = nn.ModuleList(nn.Conv2d(widths[i], widths[i + 1], 3, stride=2, padding=1) for i in levels)
        self.middle = nn.ModuleList(ResBlock(arch, widths[-1], widths[-1]) for _ in range(arch["middle"]))
        self.attention = nn.ModuleList(
            Attention(arch, widths[-1]) for _ in range(arch["middle"] - 1 if arch["attention"] else 0))
        self.upsample = nn.ModuleList(nn.Conv2d(widths[i + 1], widths[i], 3, padding=1) for i in levels)
        self.up = nn.ModuleList(
            nn.ModuleList(ResBlock(arch, widths[i] * (1 if j else 2), widths[i]) for j in range(arch["blocks"]))
            for i in levels)
        self.leave_norm = make_norm(arch, widths[0])
        self.leave = nn.Conv2d(widths[0], folded, 3, padding=1)
        self.head = nn.Conv2d(arch["stem"], arch["channels"], 3, padding=1)

    def embedding(self, lam, label=None, steps=None):
        angle = lam.float().clamp(-20, 20)[:, None] * self.omega
        emb = self.embed(torch.cat([angle.sin(), angle.cos()], dim=1))
        if self.arch["classes"]:
            if label is None:
                label = torch.full_like(lam, self.arch["classes"], dtype=torch.long)
            emb = emb + self.class_embed(label)
        if self.arch.get("steps"):
            emb = emb + self.step_embed(steps)
        return F.silu(emb)

    def forward(self, x, lam, label=None, steps=None):
        """v for pictures x (N, C, H, W) at log-SNR lam (N); label (N) = classes means "no class". A student is told, too, in how
        many steps the whole way is gone: steps (N) is the place of that number in arch["steps"]."""
        emb = self.embedding(lam, label, steps)
        f0 = self.stem(x)
        h = self.enter(F.pixel_unshuffle(f0, self.arch["patch"]))
        skips = []
        for blocks, downsample in zip(self.down, self.downsample):
            for block in blocks:
                h = block(h, emb)
            skips.append(h)
            h = downsample(h)
        for j, block in enumerate(self.middle):
            h = block(h, emb)
            if j < len(self.attention):
                h = self.attention[j](h)
        for i in reversed(range(len(self.up))):
            h = self.upsample[i](F.interpolate(h, scale_factor=2, mode="nearest"))
            h = torch.cat([h, skips[i]], dim=1)
            for block in self.up[i]:
                h = block(h, emb)
        h = self.leave(F.silu(self.leave_norm(h)))
        return self.head(F.silu(F.pixel_shuffle(h, self.arch["patch"]) + f0))
