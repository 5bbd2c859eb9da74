"""The network: a Llama of 2.7 million parameters, plus the dropout that Hugging Face's lacks.

Parameter names are those of `LlamaForCausalLM`, so a state dict is written out as it is.
"""
import json
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

CONTEXT = 512


@dataclass
class Shape:
    """Sizes of the network."""

    vocabulary: int = 3072
    hidden: int = 192
    layers: int = 6
    heads: int = 6
    kv_heads: int = 2
    head_size: int = 32
    feed_forward: int = 448
    theta: float = 10000.0
    epsilon: float = 1e-5


class Norm(nn.Module):
    """Root-mean-square norm."""

    def __init__(self, size: int, epsilon: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.epsilon = epsilon

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.weight, self.epsilon)


class Attention(nn.Module):
    """Causal attention with grouped queries and rotary positions."""

    def __init__(self, s: Shape):
        super().__init__()
        self.s = s
        self.q_proj = nn.Linear(s.hidden, s.heads * s.head_size, bias=False)
        self.k_proj = nn.Linear(s.hidden, s.kv_heads * s.head_size, bias=False)
        self.v_proj = nn.Linear(s.hidden, s.kv_heads * s.head_size, bias=False)
        self.o_proj = nn.Linear(s.heads * s.head_size, s.hidden, bias=False)

    def forward(self, x, cos, sin, past=None):
        """Returns also the keys and values, those of `past` before its own."""
        s, (b, n, _) = self.s, x.shape
        q = rotate(self.q_proj(x).view(b, n, s.heads, s.head_size).transpose(1, 2), cos, sin)
        k = rotate(self.k_proj(x).view(b, n, s.kv_heads, s.head_size).transpose(1, 2), cos, sin)
        v = self.v_proj(x).view(b, n, s.kv_heads, s.head_size).transpose(1, 2)
        k, v = (k, v) if past is None else (torch.cat([before, now], 2) for before, now in zip(past, (k, v)))
        wide = (t.repeat_interleave(s.heads // s.kv_heads, dim=1) for t in (k, v))
        y = F.scaled_dot_product_attention(q, *wide, is_causal=n > 1)  # one new token sees everything
        return self.o_proj(y.transpose(1, 2).reshape(b, n, -1)), (k, v)


class FeedForward(nn.Module):
    """SwiGLU."""

    def __init__(self, s: Shape):
        super().__init__()
        self.gate_proj = nn.Linear(s.hidden, s.feed_forward, bias=False)
        self.up_proj = nn.Linear(s.hidden, s.feed_forward, bias=False)
        self.down_proj = nn.Linear(s.feed_forward, s.hidden, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


def drop(x, share: float, training: bool):
    """Dropout that costs nothing when there is none."""
    return F.dropout(x, share) if training and share > 0 else x


class Block(nn.Module):
    """One layer; dropout acts on what it adds to the residual stream."""

    def __init__(self, s: Shape):
        super().__init__()
        self.input_layernorm, self.post_attention_layernorm = Norm(s.hidden, s.epsilon), Norm(s.hidden, s.epsilon)
        self.self_attn, self.mlp = Attention(s), FeedForward(s)

    def forward(self, x, cos, sin, dropout: float, past=None):
        seen, present = self.self_attn(self.input_layernorm(x), cos, sin, past)
        x = x + drop(seen, dropout, self.training)
        return x + drop(self.mlp(self.post_attention_layernorm(x)), dropout, self.training), present


def rotate(x, cos, sin):
    """Rotary positions, halves convention."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)


class Inner(nn.Module):
    """Embedding, layers, last norm."""

    def __init__(self, s: Shape):
        super().__init__()
        self.embed_tokens = nn.Embedding(s.vocabulary, s.hidden)
        self.layers = nn.ModuleList(Block(s) for _ in range(s.layers))
        self.norm = Norm(s.hidden, s.epsilon)


class Tales(nn.Module):
    """ids [batch, length] → logits [batch, length, vocabulary]; input and output embedding are one."""

    def __init__(self, shape: Shape = Shape(), dropout: float = 0.1):
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.model = Inner(shape)
        angles = torch.arange(CONTEXT)[:, None] / shape.theta ** (torch.arange(0, shape.head_size, 2) / shape.head_size)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        for name, p in self.named_parameters():
            if p.ndim == 2:
                scale = (2 * shape.layers) ** -0.5 if name.endswith(("o_proj.weight", "down_proj.weight")) else 1.0
                nn.init.normal_(p, std=0.02 if "embed" in name else scale * p.shape[1] ** -0.5)

    def forward(self, ids, keep=None, cache=None):
        """With `keep` (a mask over ids), logits of those positions alone: [kept, vocabulary].

        `cache` is a list with an entry a layer, `None` at first; it is filled, and then each call takes one token more.
        """
        start = 0 if cache is None or cache[0] is None else cache[0][0].shape[2]
        here = slice(start, start + ids.shape[1])
        x = drop(self.model.embed_tokens(ids), self.dropout, self.training)
        for number, block in enumerate(self.model.layers):
            x, present = block(x, self.cos[here], self.sin[here], self.dropout, cache and cache[number])
            if cache is not None:
                cache[number] = present
        x = x if keep is None else x[keep]
        return F.linear(self.model.norm(x), self.model.embed_tokens.weight)


def export(state: dict[str, torch.Tensor], shape: Shape, folder: Path, end: int) -> None:
    """Writes config.json, generation_config.json and model.safetensors (fp16); each file replaced at once."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "architectures": ["LlamaForCausalLM"], "attention_bias": False, "attention_dropout": 0.0, "bos_token_id": 0,
        "dtype": "float16", "eos_token_id": end, "head_dim": shape.head_size, "hidden_act": "silu", "hidden_size": shape.hidden,
        "initializer_range": 0.02, "intermediate_size": shape.feed_forward, "max_position_embeddings": CONTEXT, "mlp_bias": False,
        "model_type": "llama", "num_attention_heads": shape.heads, "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.kv_heads, "pad_token_id": 0, "pretraining_tp": 1, "rms_norm_eps": shape.epsilon,
        "rope_parameters": {"rope_theta": shape.theta, "rope_type": "default"}, "rope_theta": shape.theta,
        "tie_word_embeddings": True, "torch_dtype": "float16", "use_cache": True, "vocab_size": shape.vocabulary,
    }
    generation = {"bos_token_id": 0, "eos_token_id": end, "pad_token_id": 0}
    for name, value in (("config.json", config), ("generation_config.json", generation)):
        (folder / name).write_text(json.dumps(value, indent=2) + "\n")
    temporary = folder / ".model.safetensors.tmp"
    save_file({k: v.detach().to("cpu", torch.float16).contiguous() for k, v in state.items()}, temporary, metadata={"format": "pt"})
    temporary.chmod(0o644)
    temporary.rename(folder / "model.safetensors")
