"""The process in variance-preserving form: x = √ᾱ·x₀ + √(1−ᾱ)·ε, said in λ = ln(ᾱ/(1−ᾱ))."""
import functools
import math

import common  # noqa: F401
import torch


def alpha_sigma(lam):
    """√ᾱ and √(1−ᾱ) for pictures (N, C, H, W)."""
    lam = lam[:, None, None, None]
    return torch.sigmoid(lam).sqrt(), torch.sigmoid(-lam).sqrt()


def cosine_lambda(u, clamp=12.0):
    """The cosine schedule at time u in (0, 1), 0 clean … 1 noise."""
    return (-2 * torch.log(torch.tan(math.pi / 2 * u))).clamp(-clamp, clamp)


def sample_lambda(n, how, device="cpu"):
    """Training log-SNRs; u is stratified over the batch, so every batch covers the whole range."""
    u = (torch.arange(n, device=device) + torch.rand(n, device=device)) / n
    if how["kind"] == "cosine":
        return cosine_lambda(u.clamp(1e-6, 1 - 1e-6), how["clamp"])
    at, mass = knots(tuple(how["at"]), tuple(how["mass"]), str(device))  # piecewise uniform between the knots
    k = (torch.searchsorted(mass, u, right=True) - 1).clamp(0, len(at) - 2)
    return at[k] + (at[k + 1] - at[k]) * ((u - mass[k]) / (mass[k + 1] - mass[k])).clamp(0, 1)


@functools.lru_cache
def knots(at, mass, device):
    """Where the knots lie, and what lies below each, on the device: made once, since a graph must not copy to the device."""
    return (torch.tensor(at, dtype=torch.float32, device=device),
            torch.tensor((0.0, *mass), dtype=torch.float32, device=device).cumsum(0))


def noised(x0, lam, eps):
    """(x, v): the noised picture and what the network is to say about it."""
    a, s = alpha_sigma(lam)
    return a * x0 + s * eps, a * eps - s * x0


def lambda_of_sigma(sigma):
    """λ of Gaussian noise of standard deviation sigma on the 0…255 scale."""
    return -2 * math.log(sigma / 127.5)


@torch.no_grad()
def denoise(net, noisy, lam):
    """x̂₀ for noisy = x₀ + σ·ε on the [−1, 1] scale, at λ of that σ."""
    lam = torch.full((len(noisy),), float(lam), device=noisy.device)
    a, s = alpha_sigma(lam)
    x = a * noisy
    return a * x - s * net(x, lam)


@torch.no_grad()
def ddim(net, x, steps, label=None, guidance=1.0, clamp=12.0):
    """Noise x to pictures along the cosine schedule; guidance 1 is the conditional model as it is."""
    times = torch.linspace(1, 0, steps + 1)[:-1].clamp(max=1 - 1e-4)
    lams = [float(cosine_lambda(u, clamp)) for u in times] + [None]
    for here, after in zip(lams, lams[1:]):
        lam = torch.full((len(x),), here, device=x.device)
        a, s = alpha_sigma(lam)
        v = net(x, lam, label)
        if guidance != 1 and label is not None:
            free = net(x, lam, torch.full_like(label, net.arch["classes"]))
            v = free + guidance * (v - free)
        x0 = (a * x - s * v).clamp(-1, 1)
        if after is None:
            return x0
        eps = (x - a * x0) / s
        a, s = alpha_sigma(torch.full((len(x),), after, device=x.device))
        x = a * x0 + s * eps
