"""Turns documents into training batches.

A row starts at a document's start, behind `<|endoftext|>` or bare, so that prompts at position 0 work. Facts and dialogues
stand bare half of the time, TinyStories seldom (BARE_TALES), stories of our own generator mostly (BARE_OWN): a prompt with
nothing before it is continued in the generator's manner. Stories mostly stand alone in a row; facts and dialogues share rows.
"""
import random

import numpy as np
import torch

import dialogues
import facts
import stories
from teacher import TOP, key
from tokenizer import END_OF_TEXT

LENGTH = 512
IGNORE = -100
FACTS_PER_EPOCH, DIALOGUES_PER_EPOCH = 2000, 400
BARE, BARE_TALES, BARE_OWN = 0.5, 0.03, 0.9
Document = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # tokens with end, targets, soft ids, soft probabilities


def plain(tokenizer, texts: list[str]) -> list[Document]:
    """Documents without soft labels."""
    return [hard(encoding.ids) for encoding in tokenizer.encode_batch(texts)]


def hard(ids: list[int]) -> Document:
    """One document without soft labels, its end token added."""
    return without_labels(np.array([*ids, END_OF_TEXT], dtype=np.int64)[: LENGTH + 1])


def without_labels(tokens: np.ndarray, targets: np.ndarray | None = None) -> Document:
    """A document whose targets are its own tokens, or as given."""
    nothing = np.zeros((len(tokens), 1))
    return tokens, tokens if targets is None else targets, nothing.astype(np.uint16), nothing.astype(np.float16)


def starts(pieces: list[str]) -> list[int]:
    """Byte offset of every token (byte-level tokens have one sign per byte)."""
    out, at = [], 0
    for piece in pieces:
        out.append(at)
        at += len(piece)
    return [*out, at]


def soften(tokenizer, stories: list[str], labels, vocabulary: np.ndarray, teacher_tokenizer) -> list[Document]:
    """Story documents with the teacher's labels in our vocabulary.

    Where both vocabularies start a token at the same byte, the teacher's expectation counts. A teacher's
    token stands for the first of our tokens that its text gave in the stories most of the time.
    """
    ours = [np.array([*e.ids, END_OF_TEXT])[: LENGTH + 1] for e in tokenizer.encode_batch(stories)]
    counts = np.zeros((int(vocabulary.max()) + 1, tokenizer.get_vocab_size()), np.int32)
    matches = []
    for story, tokens in zip(stories, ours):
        entry = labels.get(key(story))
        if entry is None:
            matches.append(None)
            continue
        a = starts([tokenizer.id_to_token(int(i)) for i in tokens])[:-1]
        b = {at: j for j, at in enumerate(starts([teacher_tokenizer.id_to_token(int(i)) for i in entry[0]])[:-1])}
        pairs = [(i, b[at]) for i, at in enumerate(a) if at in b]
        for i, j in pairs:
            counts[entry[0][j], tokens[i]] += 1
        matches.append(pairs)
    best, share = counts.argmax(1), counts.max(1) / np.maximum(1, counts.sum(1))
    documents = []
    for story, tokens, pairs in zip(stories, ours, matches):
        if pairs is None:
            documents.append(without_labels(tokens))
            continue
        _, which, probability = labels[key(story)]
        ids, soft = np.zeros((len(tokens), TOP), np.uint16), np.zeros((len(tokens), TOP), np.float16)
        i, j = np.array(pairs).T
        expected = vocabulary[which[j]]
        ids[i], soft[i] = best[expected], probability[j] * share[expected]
        documents.append((tokens, tokens, ids, soft))
    return documents


def story_rows(documents: list[Document], bare: float, r: random.Random) -> list[list[Document]]:
    """Rows of stories, each a list of documents; a share `bare` has no end token at its front."""
    out, shared, used = [], [], 0
    for document in r.sample(documents, len(documents)):
        if r.random() < 0.85:
            out.append([document])
        else:
            shared.append(document)
            used += len(document[0])
            if used > LENGTH:
                out.append(shared)
                shared, used = [], 0
    return [begin(row, bare, r) for row in out]


def begin(row: list[Document], bare: float, r: random.Random) -> list[Document]:
    """The row behind an end token, or bare."""
    return row if r.random() < bare else [without_labels(np.array([END_OF_TEXT])), *row]


def short_rows(shorts: list[Document], r: random.Random) -> list[list[Document]]:
    """Rows of facts and dialogues, of any length up to 200."""
    out, aim, used, shared = [], r.randrange(1, 200), 0, []
    for document in r.sample(shorts, len(shorts)):
        shared.append(document)
        used += len(document[0])
        if used >= aim:
            out.append(begin(shared, BARE, r))
            aim, used, shared = r.randrange(1, 200), 0, []
    return out


def assemble(batch: list[list[Document]]) -> tuple[torch.Tensor, ...]:
    """ids, targets, soft ids and soft probabilities of some rows, filled up at the right."""
    width = max(doc[3].shape[1] for row in batch for doc in row)
    parts = []
    for row in batch:
        ids = np.concatenate([d[0] for d in row])[: LENGTH + 1]
        wide = [[np.pad(d[k], ((0, 0), (0, width - d[k].shape[1]))) for d in row] for k in (2, 3)]
        rest = [[d[1] for d in row], *wide]
        parts.append((ids[:-1], *(np.concatenate(w)[1 : len(ids)] for w in rest)))
    n = -(-max(len(p[0]) for p in parts) // 16) * 16
    x, y = np.zeros((len(parts), n), np.int64), np.full((len(parts), n), IGNORE, np.int64)
    which, soft = np.zeros((len(parts), n, width), np.int64), np.zeros((len(parts), n, width), np.float32)
    for i, (ids, target, w, p) in enumerate(parts):
        m = len(ids)
        x[i, :m], y[i, :m], which[i, :m], soft[i, :m] = ids, target, w, p
    return tuple(map(torch.from_numpy, (x, y, which, soft)))


def epoch(tokenizer, documents: list[Document], number: int, area: int, seed: int, replay=1.0, skip=0, rank=0, world=1, own=0):
    """Yields (number, batch) of one epoch: about `area` tokens each, rows of like length together.

    `own` stories of the generator are among them. `skip` batches are left out (a resumed run); worker `rank` of `world` gets every `world`-th of the rest.
    """
    r = random.Random(seed * 1000 + number)
    fresh = facts.documents(int(FACTS_PER_EPOCH * replay), seed * 1000 + number)
    talk = dialogues.documents(int(DIALOGUES_PER_EPOCH * replay), seed * 2000 + number)
    every = story_rows(documents, BARE_TALES if own else BARE, r) + short_rows(plain(tokenizer, fresh + talk), r)
    every += story_rows(plain(tokenizer, stories.documents(own, seed * 3000 + number)), BARE_OWN, r) if own else []
    length = lambda row: min(LENGTH, sum(len(d[0]) for d in row))
    every.sort(key=lambda row: length(row) + r.random() * 24)
    batches, current = [], []
    for row in every:
        if current and (len(current) + 1) * max(length(row), length(current[-1])) > area:
            batches.append(current)
            current = []
        current.append(row)
    batches.append(current)
    r.shuffle(batches)
    for at in range(skip, len(batches) - world + 1, world):
        yield at, assemble(batches[at + rank])
