"""Quantized linear layers as AutoAWQ, GPTQModel and PyTorch store them, and what these dequantize them to.

    pip install torch numpy
    pip download --no-deps autoawq gptqmodel && tar xzf autoawq-*.tar.gz && tar xzf gptqmodel-*.tar.gz
    python make-quantized-answers.py FOLDER_WITH_BOTH

Writes `quantized-answers.json`. AutoAWQ's `dequantize_gemm` is called as it is (scales as float32, so that nothing is
rounded to half precision). GPTQModel's layer needs a GPU build to be constructed; its `dequantize_weight` and
`_dequantize_from_codes` are taken from its source by name and run on our tensors. 8-bit floats are PyTorch's.
"""
import ast
import base64
import importlib.util
import json
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch

peers = Path(sys.argv[1])
g = torch.Generator().manual_seed(3)


def stored(tensor: torch.Tensor) -> dict:
    names = {torch.int32: "I32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float32: "F32",
             torch.float8_e4m3fn: "F8_E4M3", torch.float8_e5m2: "F8_E5M2", torch.float8_e8m0fnu: "F8_E8M0"}
    raw = tensor.contiguous().flatten().view(torch.uint8).numpy().tobytes()
    return {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "bytes": base64.b64encode(raw).decode()}


def case(name: str, config: dict, parts: dict, weight: torch.Tensor) -> dict:
    values = base64.b64encode(weight.float().contiguous().numpy().tobytes()).decode()
    return {"name": name, "config": config, "parts": {k: stored(v) for k, v in parts.items()}, "shape": list(weight.shape), "values": values}


def words(*shape: int) -> torch.Tensor:
    return torch.randint(-(2**31), 2**31 - 1, shape, dtype=torch.int64, generator=g).to(torch.int32)


def scales(*shape: int) -> torch.Tensor:
    return (torch.rand(shape, generator=g) / 50 + 0.001).half()


spec = importlib.util.spec_from_file_location("packing", next(p for p in peers.glob("autoawq-*") if p.is_dir()) / "awq/utils/packing_utils.py")
packing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(packing)


def awq(name: str, inputs: int, outputs: int, group: int) -> dict:
    parts = {"qweight": words(inputs, outputs // 8), "qzeros": words(inputs // group, outputs // 8), "scales": scales(inputs // group, outputs)}
    weight = packing.dequantize_gemm(parts["qweight"], parts["qzeros"], parts["scales"].float(), 4, group)
    return case(name, {"quant_method": "awq", "bits": 4, "group_size": group, "version": "gemm", "zero_point": True}, parts, weight.T)


def gptq_functions() -> SimpleNamespace:
    source = (next(p for p in peers.glob("gptqmodel-*") if p.is_dir()) / "gptqmodel/nn_modules/qlinear/__init__.py").read_text()
    wanted = {"dequantize_weight", "_dequantize_from_codes"}
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name in wanted and node.name not in found:
            space = {"t": torch, "torch": torch, "_torch_right_shift": torch.bitwise_right_shift, "_torch_left_shift": torch.bitwise_left_shift}
            exec(textwrap.dedent(ast.get_source_segment(source, node)), space)
            found[node.name] = space[node.name]
    return SimpleNamespace(**found)


def gptq(name: str, inputs: int, outputs: int, group: int, bits: int, form: str, ordered: bool) -> dict:
    functions = gptq_functions()
    per = 32 // bits
    groups = 1 if group == -1 else -(-inputs // group)
    parts = {"qweight": words(inputs // per, outputs), "qzeros": words(groups, outputs // per), "scales": scales(groups, outputs)}
    size = inputs if group == -1 else group
    index = (torch.arange(inputs) // size).to(torch.int32)
    if ordered:
        index = index[torch.randperm(inputs, generator=g)]
        parts["g_idx"] = index
    shifts = torch.arange(0, 32, bits, dtype=torch.int32)
    zeros = parts["qzeros"]
    if form == "gptq":  # the first format stores zero points less one
        unpacked = ((zeros[:, :, None] >> shifts) & (2**bits - 1)) + 1 & (2**bits - 1)
        zeros = (unpacked.to(torch.int64) << shifts.to(torch.int64)).sum(-1).to(torch.int32)
    layer = SimpleNamespace(planar=False, bits=bits, maxq=2**bits - 1, pack_factor=per, in_features=inputs, dequant_dtype=torch.int32,
                            qweight=parts["qweight"], qzeros=zeros, scales=parts["scales"].float(), g_idx=index,
                            wf_unsqueeze_zero=shifts[None, None], wf_unsqueeze_neg_one=shifts[None, :, None], _init_wf_unsqueeze_buffers=lambda: None)
    layer._dequantize_from_codes = lambda weight, zeros, num_itr=1: functions._dequantize_from_codes(layer, weight, zeros, num_itr)
    weight = functions.dequantize_weight(layer)
    config = {"quant_method": "gptq", "bits": bits, "group_size": group, "desc_act": ordered, "checkpoint_format": form}
    return case(name, config, parts, weight.T)


def fp8(name: str, outputs: int, inputs: int, block, scale_name: str, scale: torch.Tensor, dtype=torch.float8_e4m3fn) -> dict:
    weight = torch.randn(outputs, inputs, generator=g).to(dtype)
    s = scale.float()
    if block:
        s = s.repeat_interleave(block[0], 0)[:outputs].repeat_interleave(block[1], 1)[:, :inputs]
    elif s.numel() > 1:
        s = s.reshape(-1, 1)
    config = {"quant_method": "fp8", "weight_block_size": block}
    return case(name, config, {"weight": weight, scale_name: scale}, weight.float() * s)


rand = lambda *shape: torch.rand(shape, generator=g) + 0.1
cases = [
    awq("awq, two groups", 64, 16, 32),
    awq("awq, 8 by 8", 8, 8, 8),
    gptq("gptq, 4 bits", 64, 16, 32, 4, "gptq", False),
    gptq("gptq, 4 bits, by activation order", 64, 8, 16, 4, "gptq", True),
    gptq("gptq, 8 bits, one group", 32, 8, -1, 8, "gptq", False),
    gptq("gptq v2, 2 bits", 64, 16, 16, 2, "gptq_v2", False),
    fp8("fp8, blocks that do not fit evenly", 20, 24, [16, 16], "weight_scale_inv", rand(2, 2)),
    fp8("fp8, blocks under powers of two", 16, 16, [8, 8], "weight_scale_inv", rand(2, 2).to(torch.float8_e8m0fnu)),
    fp8("fp8, one scale", 8, 8, None, "weight_scale", rand(1)),
    fp8("fp8, a scale an output", 8, 12, None, "weight_scale", rand(8, 1).bfloat16(), torch.float8_e5m2),
]
every = torch.arange(256, dtype=torch.int32).to(torch.uint8)
kinds = {"F8_E4M3": torch.float8_e4m3fn, "F8_E5M2": torch.float8_e5m2, "F8_E4M3FNUZ": torch.float8_e4m3fnuz,
         "F8_E5M2FNUZ": torch.float8_e5m2fnuz, "F8_E8M0": torch.float8_e8m0fnu}
floats = {k: base64.b64encode(every.view(d).float().numpy().tobytes()).decode() for k, d in kinds.items()}
(Path(__file__).parent / "quantized-answers.json").write_text(json.dumps({"cases": cases, "float8": floats}, indent=1) + "\n")
