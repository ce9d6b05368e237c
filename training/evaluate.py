#!/usr/bin/python3
"""Measures the bundled networks, through the program (--program build/…/noiseglass): evaluate.py MODEL MEASURE …

    all but photo     samples    accuracy, Fréchet distance, precision and recall of samples
                      table      the same over samplers × steps × schedules, into assets/measurements
                      nearest    how near samples are to training pictures; writes the icons' set for the program
    faces             parts      whether a sample's parts are of one style, and how often each occurs
    digits, doodles   students   what the student makes in few steps, beside its teacher (--torch)
    every model       loss       error by log-SNR, beside the exact denoiser
    photo             denoise    PSNR and SSIM beside classical methods
                      back       noised to t and brought back
                      memory     the most memory that 12 megapixels take

Several at once share their samples. Tables are printed as Markdown; sheets and curves go to --sheets. In PyTorch, from
the same weight file, the measures "samples" and "denoise" run as well (--torch)."""
import argparse
import os
from pathlib import Path

import common
import data
import measure_loss
import measure_nearest
import measure_parts
import measure_photo
import measure_samples
import measure_students
from engines import Program, Torch

MEASURES = {"samples": measure_samples.measure, "table": measure_samples.table, "nearest": measure_nearest.measure,
            "parts": measure_parts.measure, "students": measure_students.measure, "loss": measure_loss.measure, "denoise": measure_photo.measure,
            "back": measure_photo.back, "memory": measure_photo.memory}
OF_PHOTOS = ("denoise", "back", "memory")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=["digits", "doodles", "icons", "faces", "photo"])
    parser.add_argument("measures", metavar="measure", nargs="+", choices=list(MEASURES))
    engine = parser.add_mutually_exclusive_group(required=True)
    engine.add_argument("--program", help="the noiseglass executable")
    engine.add_argument("--torch", action="store_true", help="run the weight file in PyTorch")
    parser.add_argument("--weights", type=Path, help="default: assets/models/NAME.safetensors")
    parser.add_argument("--guidance", type=float, nargs="+", default=[1])
    parser.add_argument("--count", type=int, default=1000, help="samples")
    parser.add_argument("--count-long", type=int, default=100, help="samples where the table has more than 50 steps")
    parser.add_argument("--steps", type=int, default=50, help="DDIM steps")
    parser.add_argument("--table-steps", type=int, nargs="+", default=[5, 10, 20, 50, 250])
    parser.add_argument("--held-out", type=int, default=512, help="pictures that the error by log-SNR is measured on")
    parser.add_argument("--crops", type=int, default=8000, help="training crops that the exact denoiser of photographs knows")
    parser.add_argument("--sigmas", type=float, nargs="+", default=[15, 25, 50, 100])
    parser.add_argument("--size", type=int, choices=[512, 2048], default=512, help="of the validation photographs")
    parser.add_argument("--photographs", type=int, default=7, help="how many of them")
    parser.add_argument("--grey", action="store_true", help="photographs made grey (luma), with grey noise")
    parser.add_argument("--times", type=int, nargs="+", default=[50, 100, 200, 300, 400, 500, 600, 700, 800, 900])
    parser.add_argument("--crop", type=int, default=256, help="side of what is noised to t and brought back")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--data", type=Path, default=common.cache("data"))
    parser.add_argument("--sheets", type=Path, help="a folder for sheets of pictures")
    return parser.parse_args()


def main():
    args = arguments()
    if args.sheets:
        args.sheets.mkdir(parents=True, exist_ok=True)
    if args.grey and args.torch:
        raise SystemExit("grey photographs are measured through the program; use --program")
    engine = Torch(args) if args.torch else Program(args)
    print(engine.says, flush=True)
    for measure in args.measures:
        elsewhere = (measure in OF_PHOTOS) != (args.model == "photo") and measure != "loss"
        if elsewhere or measure == "parts" and args.model != "faces":
            raise SystemExit(f"{measure} is not measured of {args.model}")
    alone = all(measure in OF_PHOTOS for measure in args.measures)
    dataset = None if alone else data.load(common.read_recipe(args.model)["data"], args.data)
    for measure in args.measures:
        MEASURES[measure](engine, dataset, args)


if __name__ == "__main__":
    main()
