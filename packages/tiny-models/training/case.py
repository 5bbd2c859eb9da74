"""Restores capital letters in lower-cased stories, by what the cased stories do.

Three tables, each a share of capitals: by the last sign and the next two words (behind a closing
quote it is open whether a sentence starts), by the word before and the word, and by the word.
"""
import re
from collections import defaultdict

TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*|\d+|\n|[^\sA-Za-z\d]")
NAMED = {"named", "called"}


class CaseRestorer:
    """Learns from cased stories; `restore` gives a lower-cased story its capitals back."""

    def __init__(self, cased: list[str]):
        self.counts: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
        self.forms: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for story in cased:
            tokens = [match.group() for match in TOKEN.finditer(story)]
            for i, token in enumerate(tokens):
                if token[0].isalpha():
                    upper = token[0].isupper()
                    for key in self.keys([t.lower() for t in tokens], i):
                        self.counts[key][upper] += 1
                    if upper:
                        self.forms[token.lower()][token] += 1

    @staticmethod
    def keys(tokens: list[str], i: int) -> list[tuple]:
        """The keys to ask for token `i`, the most telling first."""
        word = tokens[i]
        before = tokens[i - 1] if i > 0 else "\n"
        before2 = tokens[i - 2] if i > 1 else "\n"
        after = tokens[i + 1] if i + 1 < len(tokens) else "\n"
        if before == '"':
            opening = tokens[:i].count('"') % 2  # an odd count: this quote opens
            place = ("open", before2) if opening else ("closed", before2)
            return [(*place, word, after), (*place, word), place]
        if before in ".!?\n":
            return [("start", before)]
        if before == "'":
            return [("single", before2, word), ("word", word)]
        return [("pair", before, word), ("word", word)]

    def restore(self, story: str) -> str:
        """The story with capitals at sentence starts, in names and in `I`."""
        paragraphs = story.split("\n")
        names = {m.group(1) for m in re.finditer(r"\b(?:named|called) ([a-z]+)", story)}
        names = {n for n in names if ("word", n) not in self.counts}
        return "\n".join(self.paragraph(text, names) for text in paragraphs)

    def paragraph(self, text: str, names: set[str]) -> str:
        """One paragraph of `restore`: quotes are counted within it."""
        matches = list(TOKEN.finditer(text))
        tokens = [match.group().lower() for match in matches]
        pieces, position = [], 0
        for i, match in enumerate(matches):
            pieces.append(text[position : match.start()])
            position = match.end()
            token = match.group()
            pieces.append(self.form(token) if token[0].isalpha() and self.upper(tokens, i, names) else token)
        return "".join([*pieces, text[position:]])

    def upper(self, tokens: list[str], i: int, names: set[str]) -> bool:
        """Whether token `i` starts with a capital."""
        if tokens[i] in names:
            return True
        for key in self.keys(tokens, i):
            low, high = self.counts.get(key, (0, 0))
            if low + high >= (2 if key[0] in ("pair", "closed", "open") else 1):
                return high > low
        return False

    def form(self, token: str) -> str:
        """The usual capital form (`I'm`, `TV`)."""
        forms = self.forms.get(token)
        return max(forms, key=forms.get) if forms and token in ("i", "tv") else token[0].upper() + token[1:]
