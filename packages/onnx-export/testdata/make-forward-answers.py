"""Makes forward-answers.json: what Hugging Face computes for tiny models of every family and rotary scaling.

pip install torch==2.13.0 transformers==5.23.0 numpy; python make-forward-answers.py

The weights are not stored: every value follows from its tensor's name and place (`weight_values`), here and in
src/testing/made-weights.ts alike. A case has config.json, the tensors' shapes, and of a text of `ids`: logits, the hidden
states of the last position layer by layer (the last one behind the final norm) and what the last position attends to.
`mode` "steps": computed token by token through the cache; "whole": in one pass.

`frequencies`: of models as they are used, theta, head size, max_position_embeddings, and what transformers makes of their
scaling: the frequency of every pair of dimensions, and what cosine and sine are multiplied with.
"""
import base64
import json
import pathlib

import numpy as np
import torch
import transformers
import transformers.modeling_rope_utils

VOCAB = 48
SMALL = dict(vocab_size=VOCAB, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
             max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0)
TEXT = [(7 * i * i + 11 * i + 1) % VOCAB for i in range(20)]


def weight_values(name, shape, center):
    """Uniform numbers from a 32-bit mix (Steele et al. 2014) of the name's FNV-1a hash and the index."""
    seed = 2166136261
    for byte in name.encode():
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    with np.errstate(over="ignore"):
        z = np.arange(int(np.prod(shape)), dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(seed)
        z = (z ^ (z >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        z = (z ^ (z >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        z = z ^ (z >> np.uint32(16))
    uniform = z.astype(np.float64) / 2**31 - 1
    if name.endswith(".bias"):
        values = 0.3 * uniform
    elif len(shape) == 1:
        values = center + 0.4 * uniform
    else:
        values = 2.4 * uniform / np.sqrt(shape[-1])
    return torch.tensor(values.astype(np.float32).reshape(shape))


def packed(tensor):
    array = np.ascontiguousarray(tensor.detach().to(torch.float32).numpy())
    return {"dtype": "f32", "shape": list(array.shape), "b64": base64.b64encode(array.tobytes()).decode()}


def config_json(config, style, changes):
    """As transformers saves it, or as version 4 did."""
    fields = {k: v for k, v in config.to_dict().items() if v is not None or k in ("sliding_window",)}
    for key in ("transformers_version", "dtype", "architectures", "id2label", "label2id", "_name_or_path", "return_dict",
                "chunk_size_feed_forward", "is_encoder_decoder", "output_hidden_states", "output_attentions",
                "task_specific_params", "classifier_dropout"):
        fields.pop(key, None)
    if style == "v4":
        rope = fields.pop("rope_parameters", None)
        assert rope is not None
    fields.update(changes)
    return fields


def run(model, ids, mode):
    tensor = torch.tensor([ids])
    options = dict(output_hidden_states=True, output_attentions=True)
    if mode == "whole":
        return [model(tensor, use_cache=False, **options)], tensor
    cache, outputs = None, []
    for i in range(len(ids)):
        out = model(tensor[:, i:i + 1], past_key_values=cache, use_cache=True, **options)
        cache = out.past_key_values
        outputs.append(out)
    return outputs, tensor


def answers(name, model_class, config, texts=((TEXT, "whole"),), style="v5", changes=None, center=1.0, prefix=""):
    config._attn_implementation = "eager"
    model = getattr(transformers, model_class)(config).eval()
    state = model.state_dict()
    shapes = {}
    for key, value in state.items():
        if key == "lm_head.weight" and config.tie_word_embeddings:
            continue
        # save_pretrained keeps GPT-NeoX's old name.
        stored = key.replace("lm_head.", "embed_out.") if config.model_type == "gpt_neox" else key
        shapes[stored.removeprefix(prefix)] = list(value.shape)
        with torch.no_grad():
            value.copy_(weight_values(stored, list(value.shape), center))
    results = []
    for ids, mode in texts:
        with torch.no_grad():
            outs, _ = run(model, ids, mode)
        last = outs[-1]
        window = max(a.shape[-1] for a in last.attentions)
        attention = torch.zeros(len(last.attentions), config.num_attention_heads, len(ids))
        for layer, pattern in enumerate(last.attentions):
            row = pattern[0, :, -1]
            attention[layer, :, len(ids) - row.shape[-1]:] = row
        assert window <= len(ids)
        results.append({
            "ids": ids, "mode": mode,
            "logits": packed(torch.cat([out.logits[0] for out in outs])),
            "hidden_states": [{"last": [round(float(v), 7) for v in h[0, -1]]} for h in last.hidden_states],
            "attention_last_row": packed(attention),
        })
    return {"name": name, "config": config_json(config, style, changes or {}), "center": center, "shapes": shapes,
            "answers": results}


def cases():
    t = transformers
    rope = lambda **fields: {"rope_theta": 10000.0, **fields}
    yield answers("gpt_neox", "GPTNeoXForCausalLM", t.GPTNeoXConfig(
        **{**SMALL, "hidden_size": 64}, rope_parameters=rope(rope_type="default", partial_rotary_factor=0.25)))
    yield answers("gpt_neox, one part behind the other, v4", "GPTNeoXForCausalLM", t.GPTNeoXConfig(
        **SMALL, rope_parameters=rope(rope_type="default", partial_rotary_factor=0.5), use_parallel_residual=False,
        attention_bias=False, hidden_act="gelu_new", tie_word_embeddings=False), style="v4",
        changes={"rotary_pct": 0.5, "rotary_emb_base": 10000})
    yield answers("phi3, window", "Phi3ForCausalLM", t.Phi3Config(
        **SMALL, num_key_value_heads=2, sliding_window=6, rope_parameters=rope(rope_type="default")))
    factors = dict(short_factor=[1.0, 1.1, 1.3], long_factor=[1.5, 3.0, 7.0])
    yield answers("phi3, longrope, a part of the heads", "Phi3ForCausalLM", t.Phi3Config(
        **SMALL, original_max_position_embeddings=16,
        rope_parameters=rope(rope_type="longrope", partial_rotary_factor=0.75, **factors)),
        texts=((TEXT[:14], "whole"), (TEXT, "whole")))
    gemma = {**SMALL, "head_dim": 16, "query_pre_attn_scalar": 24}
    yield answers("gemma3", "Gemma3ForCausalLM", t.Gemma3TextConfig(
        **{**gemma, "num_hidden_layers": 4}, num_key_value_heads=1, sliding_window=6, final_logit_softcapping=20.0,
        layer_types=["sliding_attention", "sliding_attention", "full_attention", "sliding_attention"],
        rope_parameters={"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}), center=0.0)
    yield answers("gemma3, v4", "Gemma3ForCausalLM", t.Gemma3TextConfig(
        **{**gemma, "num_hidden_layers": 3}, num_key_value_heads=2, sliding_window=5,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"],
        rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 50000.0},
                         "sliding_attention": {"rope_type": "default", "rope_theta": 500.0}}), center=0.0, style="v4",
        changes={"rope_theta": 50000.0, "rope_local_base_freq": 500.0, "layer_types": None, "sliding_window_pattern": 2})
    yield answers("gemma2, soft caps", "Gemma2ForCausalLM", t.Gemma2Config(
        **gemma, num_key_value_heads=2, sliding_window=6, attn_logit_softcapping=2.0, final_logit_softcapping=3.0,
        rope_parameters=rope(rope_type="default")), center=0.0)
    llama = lambda **fields: t.LlamaConfig(**{**SMALL, "num_key_value_heads": 2, **fields})
    yield answers("llama, one key-value head, biases, llama3 rope", "LlamaForCausalLM", llama(
        num_key_value_heads=1, attention_bias=True, mlp_bias=True, head_dim=16,
        rope_parameters=rope(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                             original_max_position_embeddings=32)))
    yield answers("llama, linear rope, v4, bare names", "LlamaForCausalLM", llama(
        tie_word_embeddings=True, rope_parameters=rope(rope_type="linear", factor=4.0)), style="v4", prefix="model.",
        changes={"rope_theta": 10000.0, "rope_scaling": {"type": "linear", "factor": 4.0}})
    yield answers("llama, dynamic rope", "LlamaForCausalLM", llama(
        max_position_embeddings=12, rope_parameters=rope(rope_type="dynamic", factor=3.0)),
        texts=((TEXT[:12], "whole"), (TEXT, "steps")))
    yield answers("llama, yarn", "LlamaForCausalLM", llama(
        head_dim=16, rope_parameters=rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16)))
    yield answers("llama, yarn with everything said", "LlamaForCausalLM", llama(
        head_dim=16, rope_parameters=rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=16,
                                          beta_fast=2.0, beta_slow=0.5, mscale=1.2, mscale_all_dim=0.6,
                                          truncate=False)))
    yield answers("llama, longrope", "LlamaForCausalLM", llama(
        rope_parameters=rope(rope_type="longrope", short_factor=[1.0, 1.0, 1.2, 1.4],
                             long_factor=[1.0, 2.0, 3.0, 9.0], factor=4.0, original_max_position_embeddings=16)),
        texts=((TEXT[:16], "whole"), (TEXT, "whole")))
    yield answers("mistral, no window", "MistralForCausalLM", t.MistralConfig(
        **SMALL, num_key_value_heads=2, sliding_window=None, hidden_act="relu",
        rope_parameters=rope(rope_type="default")))
    yield answers("qwen2, window from a layer on, yarn", "Qwen2ForCausalLM", t.Qwen2Config(
        **{**SMALL, "num_hidden_layers": 3}, num_key_value_heads=2, use_sliding_window=True, sliding_window=5,
        max_window_layers=1, rope_parameters=rope(rope_type="yarn", factor=2.0, original_max_position_embeddings=32)),
        style="v4", changes={"layer_types": None, "rope_theta": 10000.0, "rope_scaling": {
            "type": "yarn", "factor": 2.0, "original_max_position_embeddings": 32}})
    yield answers("qwen3, windows by list, biases", "Qwen3ForCausalLM", t.Qwen3Config(
        **{**SMALL, "num_hidden_layers": 3}, num_key_value_heads=1, head_dim=16, attention_bias=True,
        use_sliding_window=True, sliding_window=5,
        layer_types=["full_attention", "sliding_attention", "full_attention"],
        rope_parameters=rope(rope_type="default")))
    yield answers("gpt2, untied, unscaled", "GPT2LMHeadModel", t.GPT2Config(
        vocab_size=VOCAB, n_embd=32, n_layer=2, n_head=4, n_positions=64, n_inner=40, activation_function="gelu",
        scale_attn_weights=False, tie_word_embeddings=False))


def frequencies():
    scalings = {
        "Llama 3.1": (500000.0, 128, 131072, dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                                  original_max_position_embeddings=8192)),
        "Llama 3.2": (500000.0, 64, 131072, dict(rope_type="llama3", factor=32.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                                 original_max_position_embeddings=8192)),
        "Qwen2.5, YaRN": (1000000.0, 128, 32768, dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=32768)),
        "Vicuna 16k": (10000.0, 128, 16384, dict(rope_type="linear", factor=4.0)),
        "Gemma 3 4B": (1000000.0, 256, 131072, dict(rope_type="linear", factor=8.0)),
    }
    for name, (theta, size, context, scaling) in scalings.items():
        config = transformers.LlamaConfig(hidden_size=2 * size, num_attention_heads=2, head_dim=size,
                                          max_position_embeddings=context, rope_parameters={"rope_theta": theta, **scaling})
        init = transformers.modeling_rope_utils.ROPE_INIT_FUNCTIONS[scaling["rope_type"]]
        values, magnitude = init(config, "cpu")
        yield {"name": name, "theta": theta, "head_size": size, "context": context, "scaling": scaling,
               "magnitude": magnitude, "values": packed(values)}


def main():
    found = list(cases())
    versions = {"torch": torch.__version__, "transformers": transformers.__version__}
    lines = ",\n".join(json.dumps(case) for case in found)
    path = pathlib.Path(__file__).parent / "forward-answers.json"
    ropes = ",\n".join(json.dumps(rope) for rope in frequencies())
    path.write_text(f'{{"versions": {json.dumps(versions)}, "frequencies": [\n{ropes}\n], "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
