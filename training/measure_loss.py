"""ε-MSE and x̂₀-MSE on held-out pictures at each log-SNR, of the network and of the exact denoiser over its training set:
what a network that had learned the set by heart would answer."""
import common
import numpy as np
import pictures
from engines import SEED

LAMBDAS = (-10, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10)
NETWORK, TOLD, EXACT = "network", "network told the class", "exact denoiser over the training set"


def exact(x, a, s, training):
    """E[x₀ | x] over the training pictures (M, D), equally likely, for x (N, D)."""
    square = (x ** 2).sum(1)[:, None] - 2 * a * x @ training.T + a * a * np.einsum("md,md->m", training, training)
    weight = -square / (2 * s * s)
    weight = np.exp(weight - weight.max(1, keepdims=True))
    return weight / weight.sum(1, keepdims=True) @ training


def errors(engine, x0, labels, training, seed=SEED):
    """{who: [(λ, x̂₀-MSE, ε-MSE)]} of the network, of the network told the class, and of the exact denoiser."""
    rng, found = np.random.default_rng(seed), {}
    for lam in LAMBDAS:
        a, s = np.sqrt(1 / (1 + np.exp(-lam))), np.sqrt(1 / (1 + np.exp(lam)))
        y, sigma = x0 + s / a * rng.standard_normal(x0.shape), 127.5 * s / a
        guesses = {NETWORK: engine.guess(y, sigma)}
        if labels is not None:
            guesses[TOLD] = np.empty_like(x0)
            for k in np.unique(labels):
                guesses[TOLD][labels == k] = engine.guess(y[labels == k], sigma, int(k))
        guesses[EXACT] = exact((a * y).reshape(len(x0), -1), a, s, training).reshape(x0.shape)
        for who, guess in guesses.items():
            mse = float(((guess - x0) ** 2).mean())
            found.setdefault(who, []).append((lam, mse, mse * a * a / (s * s)))  # ε̂ − ε = (a/s)·(x₀ − x̂₀)
        print(f"| {lam} | " + " | ".join(f"{rows[-1][1]:.3g} / {rows[-1][2]:.3g}" for rows in found.values()) + " |",
              flush=True)
    return found


def measure(engine, dataset, args):
    x0, labels = dataset.held_out(args.held_out)
    training, what = dataset.all_training(), "the whole training set"
    if training is None:
        training, what = dataset.some_training(args.crops, SEED), f"{args.crops:,} training crops, not all there are"
        x0 = quarters(x0)
    print(f"mean squared error of x̂₀ / ε̂ on {len(x0)} held-out pictures of {x0.shape[-1]}×{x0.shape[-2]}, on the scale −1 … 1; "
          f"the exact denoiser knows {what}\n")
    who = [NETWORK, *([] if labels is None else [TOLD]), EXACT]
    print("| log-SNR | " + " | ".join(who) + " |\n|" + " --- |" * (1 + len(who)))
    training = training.double().numpy().reshape(len(training), -1)
    found = errors(engine, x0.double().numpy(), None if labels is None else labels.numpy(), training)
    folder = args.sheets or common.HERE / "results"
    common.write_json(folder / f"{args.model}-error.json", {
        "model": args.model, "measured_with": engine.says, "weights_sha256": engine.sha256, "held_out": len(x0),
        "exact_denoiser_over": what,
        "curves": [{"who": name, "log_snr": [r[0] for r in rows], "x0_mse": [r[1] for r in rows],
                    "epsilon_mse": [r[2] for r in rows]} for name, rows in found.items()]})
    for k, name in ((1, "x0"), (2, "epsilon")):
        series = {who: ([r[0] for r in rows], [max(r[k], 1e-6) for r in rows]) for who, rows in found.items()}
        pictures.curve(folder / f"{args.model}-error-{name}.png", series,
                       f"{args.model}: mean squared error of {'the clean picture' if k == 1 else 'the noise'}, "
                       f"{len(x0)} held-out pictures", "log-SNR", log=True)


def quarters(x):
    h, w = x.shape[-2] // 2, x.shape[-1] // 2
    return x.unfold(2, h, h).unfold(3, w, w).permute(0, 2, 3, 1, 4, 5).reshape(-1, x.shape[1], h, w)
