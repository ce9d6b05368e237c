"""Photographs: denoised at once, beside classical methods, in PSNR and SSIM; and noised to t and brought back."""
from pathlib import Path

import common
import data
import numpy as np
import pictures
import torch
from engines import SEED

METRICS = ("PSNR, dB", "SSIM")


def psnr(a, b):
    return 10 * np.log10(255 ** 2 / np.mean((np.clip(a, 0, 255) - b) ** 2))


def ssim(a, b):
    """Wang et al. 2004, Gaussian windows of 1.5 pixels, mean over the colours; nan without scikit-image."""
    try:
        from skimage.metrics import structural_similarity
    except ImportError:
        return float("nan")
    return structural_similarity(np.clip(a, 0, 255), b, data_range=255, channel_axis=-1, gaussian_weights=True, sigma=1.5,
                                 use_sample_covariance=False)


def classical():
    """Non-local means and wavelets, told the noise level, where scikit-image is there."""
    try:
        from skimage.restoration import denoise_nl_means, denoise_wavelet
    except ImportError:
        print("(python3-skimage is not installed: no classical methods beside it, no SSIM)")
        return {}

    def nl_means(noisy, sigma):
        unit, s = noisy / 255, sigma / 255
        return 255 * denoise_nl_means(unit, patch_size=5, patch_distance=9, h=0.6 * s, sigma=s, fast_mode=True,
                                      channel_axis=-1).reshape(noisy.shape)

    def wavelet(noisy, sigma):
        return 255 * denoise_wavelet(noisy / 255, sigma=sigma / 255, method="BayesShrink", mode="soft",
                                     wavelet="db4", convert2ycbcr=noisy.shape[-1] == 3, channel_axis=-1, rescale_sigma=True).reshape(noisy.shape)

    return {"non-local means": nl_means, "wavelet (BayesShrink)": wavelet}


def validation(args):
    """[(name, bytes)], 512 pixels on the longer side or 2048; (H, W, 3), or (H, W, 1) where grey was asked for."""
    arrays = data.open_cache(args.data, "photos.npz", "photo --photos DIR")
    scale = {512: "0.25", 2048: "1"}[args.size]
    names = sorted(n for n in arrays.files if n.startswith(f"validation/{scale}/"))
    some = [(n.split("/")[-1], arrays[n]) for n in names[:args.photographs]]
    if args.grey:
        some = [(name, np.round(bytes_ @ [[0.2126], [0.7152], [0.0722]])) for name, bytes_ in some]
    return some


def measure(engine, _, args):
    """Denoising at once. Noise is not clipped, as is usual; answers are."""
    methods = {"noiseglass photo": engine.denoise, **classical()}
    rng = np.random.default_rng(SEED)
    scores = {method: {sigma: [] for sigma in args.sigmas} for method in methods}
    sheet = []
    for name, bytes_ in validation(args):
        clean = bytes_.astype(np.float64)
        for sigma in args.sigmas:
            noisy = clean + rng.normal(0, sigma, clean.shape)
            for method, run in methods.items():
                answer = run(noisy, sigma)
                scores[method][sigma].append((psnr(answer, clean), ssim(answer, clean)))
                if args.size == 512 and sigma == 50 and method == "noiseglass photo":
                    cut = (slice(110, 230), slice(196, 316))
                    sheet += [torch.from_numpy(p[cut] / 127.5 - 1).permute(2, 0, 1) for p in (clean, noisy, answer)]
        ours = scores["noiseglass photo"]
        print(name, " ".join(f"{ours[s][-1][0]:.2f}/{ours[s][-1][1]:.3f}" for s in args.sigmas), flush=True)
    for k, metric in enumerate(METRICS):
        print(f"\n| {metric}, mean of {len(ours[args.sigmas[0]])} | " + " | ".join(f"σ = {s:g}" for s in args.sigmas) + " |")
        print("| --- |" + " --- |" * len(args.sigmas))
        for method, row in scores.items():
            means = [np.mean([score[k] for score in row[s]]) for s in args.sigmas]
            print(f"| {method} | " + " | ".join(f"{m:.3f}" if k else f"{m:.2f}" for m in means) + " |")
    if args.sheets and sheet:
        some = sheet[3:15] or sheet  # four pictures: clean, noisy, denoised
        pictures.sheet(args.sheets / "photo-denoised.png", torch.stack([p for k in range(3) for p in some[k::3]]),
                       len(some) // 3)


BACK_STEPS = {1: "one look", 10: "10 steps", 50: "50 steps"}


def back(engine, _, args):
    """PSNR of photographs noised to t of 1000 (cosine) and brought back with DDIM: in one look (x̂₀), in 10 and in 50 steps."""
    some = [bytes_.astype(np.float64) for _, bytes_ in validation(args)]
    some = [cut(bytes_, args.crop) for bytes_ in some]
    psnrs, ssims = {n: [] for n in BACK_STEPS}, {n: [] for n in BACK_STEPS}
    print(f"PSNR, dB / SSIM, mean of {len(some)} photographs, {args.crop}×{args.crop} from the middle\n")
    print("| t | " + " | ".join(BACK_STEPS.values()) + " |\n|" + " --- |" * (1 + len(BACK_STEPS)))
    for t in args.times:
        for n in BACK_STEPS:
            answers = engine.back(np.stack([p / 127.5 - 1 for p in some]).transpose(0, 3, 1, 2), t, min(n, t))
            scores = [(psnr(a, b), ssim(a, b)) for a, b in zip((answers.transpose(0, 2, 3, 1) + 1) * 127.5, some)]
            psnrs[n].append(float(np.mean([s[0] for s in scores])))
            ssims[n].append(float(np.mean([s[1] for s in scores])))
        print(f"| {t} | " + " | ".join(f"{psnrs[n][-1]:.2f} / {ssims[n][-1]:.3f}" for n in BACK_STEPS) + " |", flush=True)
    folder = args.sheets or common.HERE / "results"
    common.write_json(folder / "photo-back.json", {
        "model": args.model, "measured_with": engine.says, "weights_sha256": engine.sha256, "photographs": len(some),
        "crop": args.crop, "t": args.times, "schedule": "cosine", "steps_of": 1000,
        "curves": [{"steps": n, "psnr_db": psnrs[n], "ssim": ssims[n]} for n in BACK_STEPS]})
    pictures.curve(folder / "photo-back.png", {BACK_STEPS[n]: (args.times, psnrs[n]) for n in BACK_STEPS},
                   "photo: PSNR in dB of what came back from t of 1000, cosine schedule", "t")


def cut(picture, side):
    y, x = (picture.shape[0] - side) // 2, (picture.shape[1] - side) // 2
    return picture[y:y + side, x:x + side]


def memory(engine, _, args):
    """The most memory that `denoise` holds on a photograph of 12 megapixels, and how long it takes."""
    _, bytes_ = validation(args)[0]
    large = pictures.Image.fromarray(bytes_).resize((4000, 3000), pictures.Image.LANCZOS)
    noisy = np.asarray(large) + np.random.default_rng(SEED).normal(0, 25, (3000, 4000, 3))
    given, out = (Path(engine.folder.name, name) for name in ("large.png", "out.png"))
    pictures.Image.fromarray(np.uint8(noisy.clip(0, 255).round())).save(given)
    bytes_, seconds = engine.peak_memory("denoise", given, "--sigma", 25, "--model", engine.model, "--working-size", 0,
                                         "--out", out)
    print(f"a photograph of 4000×3000: at most {bytes_ / 1e6:.0f} MB resident, {seconds:.0f} s")
