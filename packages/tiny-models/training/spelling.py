"""A loss on the inside of words: the probability of every token that leads to a word the training texts hold.

Where a text stands within a word, or could end one, a token is *valid* if the letters so far and its own begin a known
word, or if it is no letter and the letters so far are a known word. The loss is `-log Σ p(valid)`.
"""
import re

import torch

WORD = re.compile(r"[A-Za-z]+")


class Speller:
    """Knows which tokens may follow which letters."""

    def __init__(self, tokenizer, texts: list[str], least: int = 1):
        counts: dict[str, int] = {}
        for text in texts:
            for word in WORD.findall(text):
                counts[word.lower()] = counts.get(word.lower(), 0) + 1
        self.words = {word for word, count in counts.items() if count >= least}
        self.prefixes = {word[:end] for word in self.words for end in range(len(word) + 1)}
        self.size = tokenizer.get_vocab_size()
        # Byte-level signs outside ASCII stand for blanks and for parts of other letters: both end a word.
        special = set(tokenizer.get_added_tokens_decoder())
        self.pieces = ["\n" if i in special else tokenizer.id_to_token(i).lower() for i in range(self.size)]
        self.letters = [(i, piece) for i, piece in enumerate(self.pieces) if re.fullmatch(r"[a-z]+", piece)]
        self.others = torch.ones(self.size, dtype=torch.bool)
        self.others[[i for i, _ in self.letters]] = False
        self.tail = [re.search(r"[a-z]*$", piece)[0] for piece in self.pieces]
        self.whole = [not self.others[i].item() for i in range(self.size)]
        self.numbers: dict[str, int] = {}
        self.table = torch.ones(1, self.size, dtype=torch.bool)
        self.number("")

    def number(self, letters: str) -> int:
        """The row of `table` with the valid tokens behind these letters; row 0 (all valid) behind an unknown word's start."""
        if letters not in self.prefixes:
            return 0
        if letters not in self.numbers:
            row = self.others.clone() if not letters or letters in self.words else torch.zeros_like(self.others)
            row[[i for i, piece in self.letters if letters + piece in self.prefixes]] = True
            place = len(self.numbers) + 1
            if place == len(self.table):
                self.table = torch.cat([self.table, torch.ones_like(self.table)])
            self.table[place] = row
            self.numbers[letters] = place
        return self.numbers[letters]

    def rows(self, ids: torch.Tensor) -> torch.Tensor:
        """[batch, length] ids → which row of `table` holds for the token behind each."""
        out = []
        for row in ids.tolist():
            letters, numbers = "", []
            for i in row:
                letters = letters + self.pieces[i] if self.whole[i] else self.tail[i]
                numbers.append(self.number(letters))
            out.append(numbers)
        return torch.tensor(out)

    def loss(self, logits: torch.Tensor, numbers: torch.Tensor) -> torch.Tensor:
        """[kept, vocabulary] logits and their rows → the mean of `-log Σ p(valid)`."""
        return (logits.logsumexp(-1) - logits.masked_fill(~self.table[numbers], -1e9).logsumexp(-1)).mean()
