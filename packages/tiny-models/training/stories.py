"""Writes stories: always whole and grammatical, without end, the same seed the same text.

The plots stand in `plots/*.txt`. A section begins with `# title`; `key: value` lines follow, then beats, divided by empty lines.
One wording of a beat is a line, and one line of it is chosen (`3* ` makes it three times as likely). `[a|b]` chooses inside a line, `{x}` puts in a word:
`N` and `F` are the hero and a friend, `he his him` and `fhe fhis fhim` their pronouns, `mom` who cares for the hero and `mhe mhis mhim` the pronouns
(a capital letter at the front gives one in the text), the rest are the section's own. A lone `/` starts a paragraph, a first line `?` makes a beat optional.
Headers: `hero` (child, two, animal, any, machine, train, royal), `carer`, `kinds`; others are slots: `x y: a > b | c > d`, `x: @pool`.
"""
import functools
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import story_world as world

FOLDER = Path(__file__).resolve().parent / "plots"
PARAGRAPH = "/"


@dataclass
class Section:
    """A plot, or a collection of openings or endings."""

    title: str
    headers: dict[str, str] = field(default_factory=dict)
    beats: list[list[str]] = field(default_factory=list)


def parse(text: str) -> list[Section]:
    """The sections of a file."""
    sections = []
    for part in re.split(r"^# ", text, flags=re.M)[1:]:
        head, *blocks = part.strip().split("\n\n")
        title, *lines = head.split("\n")
        section = Section(title, dict(line.split(": ", 1) for line in lines))
        for block in blocks:
            lines = block.strip().split("\n")
            ends = lines[-1] == PARAGRAPH
            section.beats.append([weighted for line in (lines[:-1] if ends else lines) for weighted in weigh(line)])
            if ends:
                section.beats.append([PARAGRAPH])
        sections.append(section)
    return sections


def weigh(line: str) -> list[str]:
    """`3* line` is the line three times."""
    weight = re.match(r"(\d)\* ", line)
    return [line[weight.end() :]] * int(weight[1]) if weight else [line]


@functools.cache
def library() -> tuple[dict[str, Section], list[Section]]:
    """Openings and endings by title, and the plots."""
    frame = {section.title: section for section in parse((FOLDER / "openings.txt").read_text())}
    plots = [section for file in sorted(FOLDER.glob("*.txt")) if file.name != "openings.txt" for section in parse(file.read_text())]
    return frame, plots


def fill(line: str, words: dict[str, str], r: random.Random) -> str:
    """Chooses among `[a|b]` and puts the words in; `{He}` is `{he}` with a capital."""
    line = re.sub(r"\[([^\[\]]*)\]", lambda m: r.choice(m[1].split("|")), line)

    def word(match) -> str:
        key = match[1]
        if key in words:
            return fill(words[key], words, r)
        text = words[key[0].lower() + key[1:]]
        return text[0].upper() + text[1:]

    return re.sub(r"\{(\w+)\}", word, line)


def choose(beat: list[str], r: random.Random, other: bool) -> str | None:
    """One wording, or none of an optional beat; lines marked `?other` are for stories that do not begin with `Once upon a time`."""
    if beat[0].startswith("?") and not beat[0].startswith("?other"):
        share, beat = float(beat[0][1:] or 0.5), beat[1:]
        if r.random() >= share:
            return None
    marked = [line[7:] for line in beat if line.startswith("?other ")]
    return r.choice(marked if other and marked else [line for line in beat if not line.startswith("?other ")])


def slots(plot: Section, r: random.Random) -> dict[str, str]:
    """The plot's own words."""
    out = {}
    for keys, value in plot.headers.items():
        if keys not in ("hero", "carer", "kinds"):
            pairs = world.POOLS[value[1:]] if value.startswith("@") else [option.strip().split(" > ") for option in value.split("|")]
            out |= dict(zip(keys.split(), r.choice(pairs)))
    return out


def tidy(text: str) -> str:
    """`a` and `an`, one blank between sentences."""
    text = re.sub(r"\b([Aa]) (?=[aeiouAEIOU])(?!uni|use|one\b)", r"\1n ", text)
    return re.sub(r" ?\n ?", "\n", re.sub(r" +", " ", text)).strip()


def story(r: random.Random, once: float = 0.95) -> str:
    """One story; a share `once` begins with `Once upon a time`."""
    frame, plots = library()
    plot = r.choice(plots)
    listed = lambda key: [x.strip() for x in plot.headers[key].split("|")] if key in plot.headers else None
    hero = plot.headers["hero"]
    hero = r.choice(["child", "child", "animal"]) if hero == "any" else hero
    words = world.cast(hero, r, listed("carer"), listed("kinds")) | slots(plot, r)
    other = r.random() >= once
    ending = frame[f"endings {hero if hero in ('child', 'two') else 'other'}"].beats if r.random() < 0.3 else []
    beats = frame[hero].beats + ([[PARAGRAPH]] if r.random() < 0.4 else []) + plot.beats + ending
    parts = []
    for beat in beats:
        line = choose(beat, r, other)
        if line == PARAGRAPH:
            parts += ["\n"] if r.random() < 0.8 else []
        elif line is not None:
            parts.append(fill(line, words, r))
    return tidy(" ".join(parts))


def documents(count: int, seed: int) -> list[str]:
    """`count` stories."""
    r = random.Random(seed)
    return [story(r) for _ in range(count)]


def check(text: str) -> None:
    """Stops at a story with a mark left in it, an open quote, a wrong end or a doubled word."""
    faults = re.findall(r"[{}\[\]|*_#<>]|  | [,.!?]|\b(\w+) \1\b", text)
    quotes = [line for line in text.split("\n") if line.count('"') % 2]
    if faults or quotes or text[-1] not in '.!?"':
        raise ValueError(f"{faults or quotes or text[-1]}: {text}")


if __name__ == "__main__":
    for one in documents(20_000, 1):
        check(one)
    print("\n\n".join(documents(10, 1)))
