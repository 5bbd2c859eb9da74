"""Random blocks of every quantized ggml type and what the Python package `gguf` dequantizes them to.

    pip install gguf numpy && python make-block-answers.py

Writes `block-answers.json`: for each type the bytes of two blocks (base64) and the float32 values (base64).
Half-precision scales are drawn finite; every other byte is random.
"""
import base64
import json
from pathlib import Path

import gguf
import numpy as np

HALVES = {"Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "IQ4_NL": [0], "IQ4_XS": [0],
          "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}
r = np.random.default_rng(5)
answers = {}
for name, places in HALVES.items():
    kind = gguf.GGMLQuantizationType[name]
    _, size = gguf.GGML_QUANT_SIZES[kind]
    blocks = r.integers(0, 256, (2, size), dtype=np.uint8)
    for place in places:
        blocks[:, place : place + 2] = (r.normal(size=(2, 1)) / 50).astype(np.float16).view(np.uint8)
    values = gguf.dequantize(blocks, kind).astype(np.float32)
    answers[name] = {"bytes": base64.b64encode(blocks.tobytes()).decode(), "values": base64.b64encode(values.tobytes()).decode()}
text = json.dumps({"gguf": __import__("importlib.metadata").metadata.version("gguf"), "types": answers}, indent=1)
(Path(__file__).parent / "block-answers.json").write_text(text + "\n")
