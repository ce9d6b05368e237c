"""The parts that samples of faces have, as the judge names them: whether all are of one style, how often each occurs, and
whether the faces are new put together. The yardstick is what the same judge says of real faces that
it did not learn from."""
import classifier
import common  # noqa: F401
import numpy as np
import parts
from measure_samples import Judge, draw_samples

OF_A_STYLE = ("hair", "hair colour", "mouth")


class Named:
    """Pictures as the judge names their parts."""

    def __init__(self, judge, known, pictures):
        numbers = classifier.name_parts(judge.net, pictures).numpy()
        self.values = {part: np.array(found)[column] for (part, found), column in zip(known.items(), numbers.T)}

    def of_one_style(self, styles):
        """Whether each picture's parts are all of the style that was asked for."""
        return np.all([[parts.style_of(value) == style for value, style in zip(self.values[part], styles)]
                       for part in OF_A_STYLE], 0)

    def share(self, part, value="yes"):
        return (self.values[part] == value).mean()

    def kinds(self, part):
        return len(set(self.values[part]))

    def faces(self):
        return list(zip(*self.values.values()))


def labels_of(known, numbers):
    return set(zip(*(np.array(found)[column] for found, column in zip(known.values(), numbers.numpy().T))))


def measure(engine, dataset, args):
    judge = Judge(args.model, dataset)
    known, training, _ = dataset.part_values
    drawn = labels_of(known, training)
    styles = np.array(dataset.styles)
    accuracy = classifier.part_accuracy(judge.net, dataset)
    print("the judge names rightly, of the parts of faces that it did not learn from: "
          + ", ".join(f"{part} {100 * right:.1f} %" for part, right in accuracy.items()) + "\n")
    print("| | parts all of the style asked for | glasses | beard | kinds of hair | hair colours | put together as no training face |")
    print("| --- |" + " --- |" * 6)
    some = judge.order[:args.count]
    real, labels = (part[some] for part in dataset.real())
    describe(f"{len(real)} faces drawn anew", Named(judge, known, real), styles[labels.numpy()], drawn)
    for guidance in args.guidance:
        samples, labels = draw_samples(engine, judge.counts(args.count), steps=args.steps, guidance=guidance)
        describe(f"{len(samples)} samples, guidance {guidance:g}", Named(judge, known, samples), styles[labels.numpy()], drawn)


def describe(what, named, styles, drawn):
    new = np.mean([face not in drawn for face in named.faces()])
    print(f"| {what} | {100 * named.of_one_style(styles).mean():.1f} % | {100 * named.share('glasses'):.1f} % | "
          f"{100 * named.share('beard'):.1f} % | {named.kinds('hair')} | {named.kinds('hair colour')} | {100 * new:.1f} % |", flush=True)
