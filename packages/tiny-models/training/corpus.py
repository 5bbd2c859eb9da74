"""Stories: reads the two TinyStories slices, keeps the test stories apart, restores case.

The cased file holds stories divided by `<|endoftext|>`. The lower-cased file divides stories by a
newline and paragraphs by a blank line, and overlaps the cased one. Every story that touches the
last 5 % of the cased file is a test story; it and its lower-cased twin never reach training.
"""
import hashlib
import re
from pathlib import Path

from case import CaseRestorer

CASED = "tinystories-2mib.txt"
LOWERED = "tinystories-lowercase.txt"
TEST_SHARE = 0.05
VALIDATION_EVERY = 100  # one training story in a hundred steers the run (never the test stories)
END = "<|endoftext|>"


MOJIBAKE = {"\u00e2\u20ac\u0153": '"', "\u00e2\u20ac\u009d": '"', "\u00e2\u20ac\u2122": "'", "\u00e2\u20ac\u02dc": "'",
            "\u00e2\u20ac\u201c": "-", "\u00e2\u20ac\u201d": "-", "\u00e2\u20ac\u00a6": "...", "\u00e2\u20ac": '"'}


def tidy(text: str) -> str:
    """Trims lines, drops empty ones and replaces typographic signs by their plain forms."""
    for wrong, right in MOJIBAKE.items():
        text = text.replace(wrong, right)
    text = text.translate(str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", "''\"\"-- "))
    text = "".join(c for c in text if c == "\n" or " " <= c <= "~" or c in "\u00e9\u00e8\u00e1\u00f1")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without any punctuation."""
    return re.findall(r"[a-z0-9]+", text.lower())


def shingles(text: str, size: int = 10) -> set[int]:
    """Hashes of all runs of `size` words: two stories that share many are the same story."""
    found = words(text)
    runs = (" ".join(found[i : i + size]) for i in range(max(1, len(found) - size + 1)))
    return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs}


def split_cased(data: Path) -> tuple[list[str], list[str]]:
    """Training and test stories of the cased file; the test stories are left exactly as they are."""
    raw = (data / CASED).read_bytes()
    border = int(len(raw) * (1 - TEST_SHARE))
    train, test, position = [], [], 0
    for piece in raw.split(END.encode()):
        end = position + len(piece)
        text = piece.decode("utf-8", errors="ignore").strip()
        if text and end <= border:
            train.append(tidy(text))
        elif text and position >= border:  # a story across the border goes nowhere
            test.append(text)
        position = end + len(END)
    return train, test


def join_fragments(pieces: list[str]) -> list[str]:
    """Puts stories whose paragraphs stand on lines of their own back together."""
    stories, last = [], 0
    for piece in filter(None, map(tidy, pieces)):
        length = len(words(piece))
        opens = re.match(r"(once|one|there) ", piece)
        if stories and not opens and (length < 40 or last < 40 or piece[0] == '"'):
            stories[-1] += "\n" + piece
        else:
            stories.append(piece)
        last = length
    return stories


def lowered_only(data: Path, cased: list[str], test: list[str]) -> list[str]:
    """Stories that only the lower-cased file has, still in lower case."""
    border_story = split_border(data)
    known = set().union(*(shingles(text) for text in cased))
    forbidden = set().union(*(shingles(text) for text in [*test, *border_story]))
    kept, seen = [], set()
    text = (data / LOWERED).read_text(encoding="utf-8")
    for story in join_fragments(re.split(r"(?<!\n)\n(?!\n)", text)):
        marks = shingles(story)
        if len(words(story)) < 40 or len(marks & forbidden) > 0.1 * len(marks):
            continue
        if len(marks & known) > 0.3 * len(marks) or len(marks & seen) > 0.3 * len(marks):
            continue
        seen |= marks
        kept.append(story)
    return kept


def split_border(data: Path) -> list[str]:
    """The story that lies across the border of the test part."""
    raw = (data / CASED).read_bytes()
    border = int(len(raw) * (1 - TEST_SHARE))
    start = raw.rfind(END.encode(), 0, border) + len(END)
    stop = raw.find(END.encode(), border)
    return [raw[start:stop].decode("utf-8", errors="ignore")]


def load(data: Path) -> dict[str, list[str]]:
    """`train`, `validation` and `test` stories; the lower-cased ones come with case restored."""
    cased, test = split_cased(data)
    forbidden = set().union(*(shingles(text) for text in [*test, *split_border(data)]))
    cased = [story for story in cased if len((m := shingles(story)) & forbidden) <= 0.1 * len(m)]
    restorer = CaseRestorer(cased)
    restored = [restorer.restore(story) for story in lowered_only(data, cased, test)]
    stories = [story for story in cased if len(words(story)) >= 20] + restored
    validation = [s for i, s in enumerate(stories) if i % VALIDATION_EVERY == 7]
    train = [s for i, s in enumerate(stories) if i % VALIDATION_EVERY != 7]
    return {"train": train, "validation": validation, "test": test, "cased": cased, "restored": restored}
