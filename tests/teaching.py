#!/usr/bin/python3
"""The plans for teachers (docs/teaching) say what the lessons say: a lesson that changes takes its plan along.

For each lesson there is a plan of its name. In the plans, and in README.md where it applies:

- a page is called "page 3, *Its heading*" (of another lesson: "lesson 2, page 3, *Its heading*"), and the lesson has it; a plan
  calls each page of its lesson;
- under "## Questions and answers" stands every question of the lesson, in bold, with the right answer ("Right: **…**") and the wrong
  ones ("Wrong: *…*") as the lesson has them; a number given there is one that the lesson gives;
- the minutes of a table go from 0 to 45 without a gap;
- a key in backticks is in app/session/actions.cpp, a control in bold is drawn by a file of app/;
- a command has only options that docs/command-line.md knows, and sets only what is there to be set.
"""

import pathlib
import re
import shlex
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARROWS = {"←": "Left", "→": "Right", "↑": "Up", "↓": "Down"}
KEY = re.compile(r"Ctrl\+.+|F\d+|Space|Esc|Enter|Tab|Home|End|PgUp|PgDn|[A-Z0-9]|[←→↑↓]")
faults = []


def read(*parts):
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def plain(markdown):
    """Without emphasis, in single spaces."""
    return " ".join(markdown.replace("*", "").split())


class Lesson:
    def __init__(self, path):
        self.text = path.read_text(encoding="utf-8")
        fences = re.findall(r"^```question\n(.*?)^```", self.text, re.M | re.S)
        self.pages = re.findall(r"^## (.+)$", re.sub(r"^```.*?^```", "", self.text, flags=re.M | re.S), re.M)
        self.questions = [self.question(fence) for fence in fences]

    @staticmethod
    def question(fence):
        """The question, its right answer, and the wrong ones."""
        answers = re.findall(r"^- \[(.)\] (.+)$", fence, re.M)
        asked = plain(fence.split("\n- [")[0])
        return asked, [plain(a) for mark, a in answers if mark == "x"], [plain(a) for mark, a in answers if mark != "x"]


def spans(text):
    """What stands in backticks, and the lines of code."""
    return re.findall(r"`([^`]+)`", text) + [line.strip() for line in re.findall(r"^ {4,}(.+)$", text, re.M)]


def check_pages(name, text, lessons, own):
    called, lesson = set(), own
    for other, number, title in re.findall(r"(?:[Ll]esson (\d+), )?page (\d+), \*([^*]+)\*", text):
        lesson = other or (own or lesson)
        pages = lessons[lesson].pages if lesson in lessons else []
        if int(number) > len(pages) or pages[int(number) - 1] != title:
            faults.append(f'{name}: lesson {lesson} has no page {number} called "{title}".')
        if lesson == own:
            called.add(int(number))
    if own:
        for number, title in enumerate(lessons[own].pages, 1):
            if number not in called:
                faults.append(f'{name} nowhere calls page {number}, *{title}*, of its lesson.')


def check_questions(name, text, lesson):
    section = text.partition("\n## Questions and answers\n")[2].partition("\n## ")[0]
    stated = [(plain(head), body)
              for head, body in re.findall(r"^\*\*([^\n]+)\*\*\n(.*?)(?=^\*\*|^###|\Z)", section, re.M | re.S)]
    for asked, right, wrong in lesson.questions:
        body = next((body for head, body in stated if head == asked), None)
        if body is None:
            faults.append(f'{name} lacks the question "{asked}"')
            continue
        given = [plain(a) for a in re.findall(r"^- Right: \*\*(.+?)\*\*", body, re.M)]
        tempting = [plain(a) for a in re.findall(r"^- Wrong: \*(.+?)\*(?!\w)", body, re.M)]
        if given != right or sorted(tempting) != sorted(wrong):
            faults.append(f'{name} has other answers to "{asked}" than its lesson: {given + tempting}')
    for head, _ in stated:
        if head not in [asked for asked, _, _ in lesson.questions]:
            faults.append(f'{name} has a question that its lesson does not ask: "{head}"')
    numbers = re.compile(r"\d+(?:[.,]\d+)*")
    known = set(numbers.findall(lesson.text))
    for number in numbers.findall(re.sub(r"^###.*$", "", section, flags=re.M)):
        if number not in known:
            faults.append(f"{name} gives the number {number} in an answer; its lesson does not.")


def check_minutes(name, text):
    for table in re.findall(r"^\| Minutes .*\n\|[ -|]+\n((?:\|.*\n)+)", text, re.M):
        ends = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)–(\d+) \|", table, re.M)]
        joined = [0] + [end for _, end in ends]
        if [begin for begin, _ in ends] != joined[:-1] or joined[-1] != 45 or len(ends) != table.count("\n"):
            faults.append(f"{name}: the minutes do not go from 0 to 45 without a gap: {ends}")


def check_command(name, command, options):
    words = shlex.split(command)[1:]
    subcommand = words[0] if words and not words[0].startswith("-") else None
    if subcommand and not re.search(rf"^## .*\b{subcommand}\b.*$", read("docs", "command-line.md"), re.M):
        faults.append(f'{name}: docs/command-line.md has no command "{subcommand}": {command}')
    for word in words:
        option = word.split("=")[0]
        if option.startswith("--") and option not in options:
            faults.append(f'{name}: docs/command-line.md does not know "{option}": {command}')
    for before, word in zip(words, words[1:]):
        if before == "--set" and not subcommand and not can_be_set(*word.split("=", 1)):
            faults.append(f'{name}: nothing called "{word}" can be set: {command}')


def can_be_set(setting, value):
    panel, dot, rest = setting.partition(".")
    record = ROOT / "app" / "session" / "panels" / f"{value if setting == 'panel' else panel}.cpp"
    if setting == "panel":
        return record.exists()
    if dot and record.exists():
        return f'"{rest}"' in record.read_text(encoding="utf-8")
    return f"`{setting}`" in read("docs", "writing-lessons.md")


def check_text(name, text, keys, options, drawn):
    for span in spans(text):
        if KEY.fullmatch(span):
            if ARROWS.get(span, span) not in keys:
                faults.append(f"{name}: there is no key {span} in app/session/actions.cpp.")
        elif span.startswith("noiseglass "):
            check_command(name, span, options)
        elif span.startswith("--") and span.split()[0] not in options:
            faults.append(f'{name}: docs/command-line.md does not know "{span}".')
    outside = re.sub(r"^## Questions and answers\n.*?(?=^## )", "", text, flags=re.M | re.S)
    for control in re.findall(r"\*\*(.+?)\*\*", outside):
        if f'"{control}' not in drawn:
            faults.append(f"{name}: nothing in app/ draws a **{control}**.")


def main():
    lesson_files = sorted((ROOT / "assets" / "lessons").glob("*.md"))
    lessons = {path.stem.split("-")[0]: Lesson(path) for path in lesson_files}
    plans = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "teaching").glob("*.md"))}
    keys = set(re.findall(r'"([^"\n]+)"', read("app", "session", "actions.cpp")))
    options = set(re.findall(r"--[a-z][a-z0-9-]*", read("docs", "command-line.md")))
    drawn = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.cpp"))
    if not lessons or not all(lesson.pages for lesson in lessons.values()) or "PgDn" not in keys or not options:
        sys.exit("Lessons, keys or options were not found: has the tree changed?")
    for path in lesson_files:
        if path.name not in plans:
            faults.append(f"docs/teaching/{path.name} is missing: each lesson has a plan.")
    for name, text in plans.items():
        own = None if name == "README.md" else name.split("-")[0]
        if own and not (ROOT / "assets" / "lessons" / name).exists():
            faults.append(f"docs/teaching/{name} is a plan for no lesson.")
            continue
        check_pages(name, text, lessons, own)
        check_minutes(name, text)
        check_text(name, text, keys, options, drawn)
        if own:
            check_questions(name, text, lessons[own])
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
