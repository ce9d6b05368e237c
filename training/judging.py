"""How two sets of features differ: Fréchet distance, precision and recall."""
import common  # noqa: F401
import numpy as np


def frechet(a, b):
    """Fréchet distance of two sets of features, as Gaussians (Heusel et al. 2017)."""
    mean = ((a.mean(0) - b.mean(0)) ** 2).sum()
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values, vectors = np.linalg.eigh(ca)
    root = vectors * np.sqrt(values.clip(0)) @ vectors.T
    cross = np.sqrt(np.linalg.eigvalsh(root @ cb @ root).clip(0)).sum()
    return float(mean + np.trace(ca) + np.trace(cb) - 2 * cross)


def distances(a, b):
    return np.sqrt(((a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2 * a @ b.T).clip(0))


def nearest(points, among):
    """(distance, index) of the nearest of `among`, for each point."""
    found = [np.stack([d.min(1), d.argmin(1)]) for d in (distances(part, among) for part in
                                                         np.array_split(points, -(-len(points) // 200)))]
    distance, index = np.concatenate(found, 1)
    return distance, index.astype(int)


def coverage(points, among, k=3):
    """How many of `points` lie within reach of `among`: no farther from one of them than its own k-th neighbour is."""
    reach = np.sort(distances(among, among), axis=1)[:, k]  # the 0-th neighbour is the point itself
    return float((distances(points, among) <= reach).any(1).mean())


def precision_recall(samples, real, k=3):
    """Kynkäänniemi et al. 2019: samples within the real set's reach, real ones within the samples'. Sets of equal size
    are comparable only."""
    return coverage(samples, real, k), coverage(real, samples, k)


def floor(features, n, rng):
    """Fréchet distance of n real ones (at most half) to all others, a mean over as many disjoint draws as there are (at
    most ten)."""
    n = min(n, len(features) // 2)
    order = rng.permutation(len(features))
    draws = [order[k:k + n] for k in range(0, len(order) - n + 1, n)][:10]
    return float(np.mean([frechet(features[d], np.delete(features, d, 0)) for d in draws]))
