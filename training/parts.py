"""What the parts of a face are called, over all styles: the labels of the judge that names parts."""
import common  # noqa: F401
import numpy as np

SPECTACLES = {"personas": {"eyes": ("glasses", "sunglasses")}, "bigSmile": {"accessories": ("glasses", "sunglasses")}}
WHISKERS = {"bigSmile": {"accessories": ("mustache",)}, "adventurer": {"features": ("mustache",)}}
EXPRESSION = {"dylan": "mood"}  # the other styles draw a mouth by itself


def wears(style, drawn, own_parts, within):
    """Whether a face has a part of its own, or one that its style draws as a kind of something else."""
    inside = within.get(style, {})
    return any(part in drawn for part in own_parts) or any(drawn.get(part) in kinds for part, kinds in inside.items())


def names(style, drawn):
    """{part: what the face has of it}; the values of different styles are different values, but for yes and no."""
    yes = {True: "yes", False: "no"}
    of_style = lambda part: f"{style}: {drawn.get(part, 'none')}"
    return {"hair": of_style("hair"), "hair colour": of_style("hairColor"), "mouth": of_style(EXPRESSION.get(style, "mouth")),
            "glasses": yes[wears(style, drawn, ("glasses",), SPECTACLES)],
            "beard": yes[wears(style, drawn, ("beard", "facialHair"), WHISKERS)]}


def style_of(value):
    return value.split(":")[0]


def labelled(styles, parts, values, codes):
    """({part: its values}, array of faces × parts) for faces as get_data.py coded them."""
    drawn = ({parts[k]: values[k][code] for k, code in enumerate(row) if code >= 0} for row in codes.tolist())
    named = [names(style, face) for style, face in zip(styles.tolist(), drawn)]
    known = {part: sorted({face[part] for face in named}) for part in named[0]}
    number = {part: {value: n for n, value in enumerate(found)} for part, found in known.items()}
    return known, np.array([[number[part][face[part]] for part in known] for face in named])
