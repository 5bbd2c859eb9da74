"""Soft labels: what SmolLM2-135M-Instruct (Apache-2.0) expects behind every token of the stories.

The stories stand one behind the other in rows of 1024 tokens, so that each but the first is read
in the company of others of its kind. Saved per story, in chunks that a stopped run skips: the
teacher's tokens and, for each, its 32 likeliest tokens with their probabilities. Only tokens that
occur in the training stories take part.
"""
import hashlib
from pathlib import Path

import numpy as np
import torch

GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
ROW = 1024
TOP = 32
ROWS_PER_CHUNK = 32
END = 2  # the teacher's end token stands between stories


def key(story: str) -> str:
    """A story's name in the saved labels."""
    return hashlib.md5(story.encode()).hexdigest()


def load_teacher(folder: Path):
    """Tokenizer and model (fp32, dequantized from the GGUF file)."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=GGUF, dtype=torch.float32)
    return AutoTokenizer.from_pretrained(folder), model.eval().to(device)


def pack(lengths: list[int], opening: int) -> list[list[int]]:
    """Whole stories, in order, into rows of at most ROW tokens behind an opening story."""
    rows, used = [[]], opening
    for index, length in enumerate(lengths):
        if used + length + 1 > ROW and rows[-1]:
            rows.append([])
            used = opening
        rows[-1].append(index)
        used += length + 1
    return rows


@torch.no_grad()
def label(stories: list[str], folder: Path, out: Path) -> None:
    """Writes `chunk-NNN.npz` files with the soft labels of `stories` to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer, model = load_teacher(folder)
    tokens = [tokenizer(story).input_ids[: ROW // 2] for story in stories]
    vocabulary = np.array(sorted({END}.union(*tokens)), dtype=np.int64)
    np.save(out / "vocabulary.npy", vocabulary)
    head = model.lm_head.weight[torch.from_numpy(vocabulary)]
    opening = next(t for t in tokens if 80 <= len(t) <= 100)
    rows = pack([len(t) for t in tokens], len(opening) + 2)
    for first in range(0, len(rows), ROWS_PER_CHUNK):
        file = out / f"chunk-{first // ROWS_PER_CHUNK:03d}.npz"
        if file.exists():
            continue
        saved: dict[str, np.ndarray] = {}
        for row in rows[first : first + ROWS_PER_CHUNK]:
            flat, starts = [END, *opening, END], []
            for index in row:
                starts.append(len(flat) - 1)  # the end token before a story predicts its first token
                flat += [*tokens[index], END]
            ids = torch.tensor([flat[:-1]], device=model.device)
            hidden = model.model(ids).last_hidden_state[0]
            best, which = (hidden[starts[0] :] @ head.T).softmax(-1).topk(TOP, dim=-1)
            best, which = best.half().cpu().numpy(), which.cpu().numpy().astype(np.uint16)
            for index, start in zip(row, starts):
                part = slice(start - starts[0], start - starts[0] + len(tokens[index]) + 1)
                name = key(stories[index])
                saved[f"{name}.tokens"] = np.array([*tokens[index], END], dtype=np.int32)
                saved[f"{name}.ids"], saved[f"{name}.probabilities"] = which[part], best[part]
        temporary = file.with_suffix(".tmp.npz")
        np.savez(temporary, **saved)
        temporary.rename(file)
        print(f"teacher: {min(first + ROWS_PER_CHUNK, len(rows))} of {len(rows)} rows", flush=True)


def read_labels(out: Path) -> tuple[np.ndarray, dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]]:
    """The teacher's vocabulary and (tokens, ids, probabilities) by story key, as far as written."""
    labels = {}
    for file in sorted(out.glob("chunk-???.npz")):
        with np.load(file) as data:
            for name in {n.split(".")[0] for n in data.files}:
                labels[name] = tuple(data[f"{name}.{part}"] for part in ("tokens", "ids", "probabilities"))
    return np.load(out / "vocabulary.npy"), labels
