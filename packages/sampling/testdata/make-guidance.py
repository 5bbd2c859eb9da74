"""Stored answers for classifierFreeGuidance: transformers' own class over a stand-in for the model.

Run: python packages/sampling/testdata/make-guidance.py (transformers 5.23, torch on a CPU)
"""

import json
import pathlib

import torch
import transformers
from transformers import UnbatchedClassifierFreeGuidanceLogitsProcessor

torch.manual_seed(5)


class Output(dict):
    """What a model returns, as far as the class looks at it."""

    def __init__(self, logits):
        super().__init__(past_key_values=None)
        self.logits = logits


cases = []
for size, scale, spread in [(5, 1.5, 3), (16, 3.0, 3), (16, 0.0, 3), (16, 0.4, 10), (64, -1.0, 3), (64, 7.5, 1)]:
    scores = torch.randn(1, size) * spread
    guidance = torch.randn(1, size) * spread
    process = UnbatchedClassifierFreeGuidanceLogitsProcessor(scale, lambda *_, **__: Output(guidance[:, None, :]))
    output = process(torch.tensor([[1, 2]]), scores)
    rows = {"scores": scores, "guidance": guidance, "output": output}
    cases.append({"scale": scale, **{name: row[0].tolist() for name, row in rows.items()}})

answers = {"transformers": transformers.__version__, "torch": torch.__version__, "cases": cases}
path = pathlib.Path(__file__).with_name("guidance.json")
path.write_text(json.dumps(answers) + "\n")
