"""Writes module-trees.json: what Hugging Face transformers prints for the models of small and large configs.

Models are built on torch's meta device, without weights, with eager attention. Run it once in an environment of
each version: transformers 5.23.0, 4.57.6 and 4.38.1, all on torch 2.13; each run replaces its own part of the file.
The torch of the older two printed no bias in a LayerNorm; newer ones do, so `, bias=True` is taken out there.
"""

import json
import os
import re

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM
from transformers.activations import ACT2FN

small = dict(hidden_size=64, num_attention_heads=4, num_hidden_layers=2, intermediate_size=96, vocab_size=100)
cases = {
    "gpt2": ("gpt2", dict()),
    "gpt2-variant": ("gpt2", dict(n_embd=32, n_layer=2, n_head=2, n_inner=48, n_positions=16, vocab_size=50, activation_function="gelu", resid_pdrop=0.0, embd_pdrop=0.25, attn_pdrop=0.5, layer_norm_epsilon=1e-6, tie_word_embeddings=False)),
    "llama": ("llama", dict()),
    "llama-biases": ("llama", dict(small, attention_bias=True, mlp_bias=True, num_key_value_heads=1, pad_token_id=3, hidden_act="gelu_new", tie_word_embeddings=True)),
    "mistral-7b": ("mistral", dict(rms_norm_eps=1e-5, rope_theta=10000.0, pad_token_id=0)),
    "mistral-small": ("mistral", dict(small, head_dim=32, num_key_value_heads=2, num_hidden_layers=1)),
    "qwen2": ("qwen2", dict()),
    "qwen2-tied": ("qwen2", dict(small, num_key_value_heads=2, tie_word_embeddings=True, pad_token_id=-1)),
    "qwen3": ("qwen3", dict()),
    "qwen3-biases": ("qwen3", dict(small, num_key_value_heads=2, attention_bias=True, head_dim=24, tie_word_embeddings=True)),
    "gpt_neox": ("gpt_neox", dict()),
    "gpt_neox-variant": ("gpt_neox", dict(small, attention_bias=False, hidden_dropout=0.1, attention_dropout=0.2, layer_norm_eps=1e-6, hidden_act="gelu_fast", tie_word_embeddings=True)),
    "phi3": ("phi3", dict()),
    "phi3-variant": ("phi3", dict(small, num_key_value_heads=2, pad_token_id=1, eos_token_id=2, resid_pdrop=0.1, tie_word_embeddings=True)),
    "gemma2": ("gemma2", dict()),
    "gemma2-variant": ("gemma2", dict(small, num_key_value_heads=2, head_dim=16, attention_bias=True, tie_word_embeddings=False)),
    "gemma3": ("gemma3_text", dict()),
    "gemma3-variant": ("gemma3_text", dict(small, num_key_value_heads=1, head_dim=16, attention_bias=True, hidden_activation="gelu", tie_word_embeddings=False, pad_token_id=None)),
}

version = transformers.__version__
style = "transformers-5" if version.startswith("5.") else "transformers-" + ".".join(version.split(".")[:2])
is_newest = style == "transformers-5"
# Version 4.38 knew neither the bias of llama's MLP nor mistral's head_dim.
skipped = ["llama-biases", "mistral-small"] if style == "transformers-4.38" else []
known = [(name, AutoConfig.for_model(kind, **fields)) for name, (kind, fields) in cases.items() if kind in transformers.CONFIG_MAPPING and name not in skipped]


def shown(text):
    return text if is_newest else re.sub(r"(LayerNorm\(.*), bias=True\)", r"\1)", text)


def answer(config):
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config, attn_implementation="eager")
    unique = {id(parameter): name for name, parameter in reversed(list(model.named_parameters(remove_duplicate=False)))}
    parameters = model.named_parameters(remove_duplicate=False)
    tied = {name: unique[id(parameter)] for name, parameter in parameters if unique[id(parameter)] != name}
    result = {"config": json.loads(config.to_json_string()), "printed": shown(str(model)).split("\n")}
    if not is_newest:
        return result
    return {
        **result,
        "modules": sum(1 for _ in model.modules()),
        # One layer and what stands around the layers.
        "parameters": [[name, list(p.shape)] for name, p in model.named_parameters() if not re.search(r"\.[1-9]\d*\.", name)],
        "tied": tied,
        "total": sum(p.numel() for p in model.parameters()),
    }


path = os.path.join(os.path.dirname(__file__), "module-trees.json")
everything = json.load(open(path)) if os.path.exists(path) else {}
names = ["gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_10", "gelu_python", "quick_gelu", "silu", "swish", "relu", "relu2", "relu6", "leaky_relu", "sigmoid", "tanh", "mish", "linear", "laplace"]
everything[style] = {
    "version": version,
    "activations": {name: str(ACT2FN[name]) for name in names if name in ACT2FN},
    "cases": {name: answer(config) for name, config in known},
}
with open(path, "w") as file:
    json.dump(dict(sorted(everything.items())), file, separators=(",", ":"))
    file.write("\n")
print(version, len(known), os.path.getsize(path))
