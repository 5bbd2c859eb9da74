"""Texts that the model in training writes itself: what it does wrong there is what a reader will see."""
import random

import torch

ROWS, LENGTH, KEPT, EVERY = 48, 128, 16, 12


class OwnSamples:
    """Writes `rows` texts of `length` tokens every `EVERY` steps and hands out `KEPT` of them at each step."""

    def __init__(self, tokenizer, documents, seed: int, device: str, rows: int = ROWS, length: int = LENGTH):
        self.rows, self.length, self.texts = rows, length, None
        self.starts = [document[0] for document in documents if len(document[0]) > 24]
        self.once = tokenizer.encode("Once upon a time").ids
        self.random = random.Random(seed)
        self.generator = torch.Generator(device).manual_seed(seed)
        self.device = device

    def prompt(self) -> list[int]:
        if self.random.random() < 0.5:
            return self.once[:4]
        return self.random.choice(self.starts)[:4].tolist()

    def batch(self, model, step: int) -> torch.Tensor:
        """[KEPT, length] ids."""
        if step % EVERY == 0 or self.texts is None:
            model.eval()
            self.texts = self.write(model)
            model.train()
        return self.texts[torch.randperm(self.rows, generator=torch.Generator().manual_seed(step))[:KEPT]]

    @torch.no_grad()
    def write(self, model) -> torch.Tensor:
        """Samples at temperature 1, with a cache of keys and values."""
        ids = torch.tensor([self.prompt() for _ in range(self.rows)], device=self.device)
        cache = [None] * len(model.model.layers)
        logits = model(ids, cache=cache)[:, -1]
        while ids.shape[1] < self.length:
            following = torch.multinomial(logits.softmax(-1), 1, generator=self.generator)
            ids = torch.cat([ids, following], 1)
            logits = model(following, cache=cache)[:, -1]
        return ids
