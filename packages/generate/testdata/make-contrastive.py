"""Contrastive search over the weights of `src/testing/tiny-transformer.ts`, in numpy, written to contrastive.json.

Each case reads the whole text anew at every step, in float64; the margin is the smallest gap between the best and the
second best candidate, so that float32 cannot decide otherwise. Run: python3 make-contrastive.py
"""

import json
from pathlib import Path

import numpy as np

VOCAB, WIDTH, HEADS, LAYERS = 24, 8, 2, 2
MASK = 0xFFFFFFFF


def weight(matrix, row, column):
    state = 0x9E3779B9
    for value in (matrix, row, column):
        state = ((state ^ value) * 0x85EBCA6B) & MASK
        state ^= state >> 13
        state = (state * 0xC2B2AE35) & MASK
        state ^= state >> 16
    return state / 2**31 - 1


def matrix(index, rows, columns, scale):
    return scale * np.array([[weight(index, r, c) for c in range(columns)] for r in range(rows)])


EMBEDDING = matrix(0, VOCAB, WIDTH, 1.0)
UNEMBEDDING = matrix(1, VOCAB, WIDTH, 1.6)
BLOCKS = [
    {
        "q": matrix(10 * n + 10, WIDTH, WIDTH, 0.9),
        "k": matrix(10 * n + 11, WIDTH, WIDTH, 0.9),
        "v": matrix(10 * n + 12, WIDTH, WIDTH, 0.9),
        "o": matrix(10 * n + 13, WIDTH, WIDTH, 0.9),
        "up": matrix(10 * n + 14, 2 * WIDTH, WIDTH, 0.7),
        "down": matrix(10 * n + 15, WIDTH, 2 * WIDTH, 0.7),
    }
    for n in range(LAYERS)
]


def norm(x):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-6)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def forward(ids):
    """Final hidden states and logits of every position."""
    t = len(ids)
    places = np.sin((np.arange(t)[:, None] + 1) / 1.7 ** (np.arange(WIDTH) + 1))
    x = EMBEDDING[ids] + 0.5 * places
    mask = np.triu(np.full((t, t), -np.inf), 1)
    size = WIDTH // HEADS
    for block in BLOCKS:
        h = norm(x)
        split = lambda m: (h @ m.T).reshape(t, HEADS, size).transpose(1, 0, 2)
        q, k, v = split(block["q"]), split(block["k"]), split(block["v"])
        mixed = softmax(q @ k.transpose(0, 2, 1) / np.sqrt(size) + mask) @ v
        x = x + mixed.transpose(1, 0, 2).reshape(t, WIDTH) @ block["o"].T
        x = x + np.tanh(norm(x) @ block["up"].T) @ block["down"].T
    hidden = norm(x)
    return hidden, hidden @ UNEMBEDDING.T


def search(prompt, k, alpha, steps):
    ids, margin, record = list(prompt), np.inf, []
    for _ in range(steps):
        hidden, logits = forward(ids)
        probabilities = softmax(logits[-1])
        top = np.argsort(-probabilities, kind="stable")[:k]
        context = hidden / np.linalg.norm(hidden, axis=-1, keepdims=True)
        rows = []
        for token in top:
            own = forward(ids + [int(token)])[0][-1]
            penalty = float((context @ (own / np.linalg.norm(own))).max())
            rows.append((int(token), float(probabilities[token]), penalty, float((1 - alpha) * probabilities[token] - alpha * penalty)))
        order = sorted(rows, key=lambda row: -row[3])
        if len(order) > 1:
            margin = min(margin, order[0][3] - order[1][3])
        ids.append(order[0][0])
        record.append([list(row) for row in rows])
    return ids, margin, record


def main():
    cases = []
    for prompt in ([3, 1, 4, 1, 5], [2, 7], [9], [20, 21, 22, 23, 0, 1, 2]):
        for k, alpha in ((1, 0.6), (4, 0.0), (4, 0.6), (5, 0.3), (8, 0.9), (24, 1.0)):
            ids, margin, record = search(prompt, k, alpha, 16)
            if margin < 1e-5:
                continue
            cases.append({"prompt": prompt, "k": k, "alpha": alpha, "ids": ids, "margin": None if k == 1 else margin, "steps": record[:2]})
    path = Path(__file__).parent / "contrastive.json"
    path.write_text(json.dumps({"numpy": np.__version__, "cases": cases}, separators=(",", ":")) + "\n")
    print(len(cases), "cases, smallest margin", min(case["margin"] for case in cases if case["k"] > 1))


main()
