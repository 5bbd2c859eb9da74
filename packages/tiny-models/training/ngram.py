"""An n-gram model over the same tokens, to compare with: interpolated Kneser-Ney, one discount per order."""
import math
from collections import Counter, defaultdict


class KneserNey:
    """Counts of orders 1 to `order`; lower orders count in how many contexts a token appears."""

    def __init__(self, documents: list[list[int]], order: int, vocabulary: int, discount: float = 0.8):
        self.order, self.discount, self.vocabulary = order, discount, vocabulary
        grams = Counter()
        for document in documents:
            ids = [-1] * (order - 1) + document
            grams.update(tuple(ids[i - order + 1 : i + 1]) for i in range(order - 1, len(ids)))
        self.levels = []  # highest order first: context → [sum, kinds, {token: count}]
        for _ in range(order):
            level = defaultdict(lambda: [0, 0, {}])
            shorter = Counter()
            for gram, count in grams.items():
                entry = level[gram[:-1]]
                entry[0] += count
                entry[1] += 1
                entry[2][gram[-1]] = count
                shorter[gram[1:]] += 1
            self.levels.append(dict(level))
            grams = shorter

    def probability(self, context: tuple[int, ...], token: int) -> float:
        """P(token | the last order-1 tokens)."""
        p = 1 / self.vocabulary
        for size in range(self.order):
            entry = self.levels[self.order - 1 - size].get(context[len(context) - size :] if size else ())
            if entry is None:
                break
            p = max(entry[2].get(token, 0) - self.discount, 0) / entry[0] + self.discount * entry[1] / entry[0] * p
        return p

    def bits_per_byte(self, tokenizer, stories: list[str], limit: int = 512) -> float:
        """As in evaluate.py: the first `limit` tokens of each story."""
        bits = size = 0.0
        for story in stories:
            ids = tokenizer.encode(story).ids[:limit]
            padded = [-1] * (self.order - 1) + ids
            for i in range(len(ids)):
                bits -= math.log2(self.probability(tuple(padded[i : i + self.order - 1]), ids[i]))
            size += len(tokenizer.decode(ids).encode())
        return bits / size
