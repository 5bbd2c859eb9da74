"""Measures the finished folders through Hugging Face transformers: facts, bits per byte, samples, questions."""
import json
import math
import re
from pathlib import Path

import torch

FACTS = {"The capital of France is": " Paris", "The capital of Italy is": " Rome", "The opposite of hot is": " cold", "The sky is": " blue",
         "A dog says": " woof", "The day after Monday is": " Tuesday", "2 + 2 = ": "4", "3 + 4 = ": "7", "1, 2, 3, 4, ": "5", "A spider has": " eight"}
QUESTIONS = [("What is the capital of France?", r"Paris"), ("What's the capital of Japan?", r"Tokyo"), ("Which city is the capital of Spain?", r"Madrid"),
             ("What colour is grass?", r"green"), ("What is the opposite of big?", r"small|little"), ("What sound does a cow make?", r"moo"),
             ("What is 2 + 3?", r"\b5\b|\bfive\b"), ("What is four plus four?", r"\beight\b|\b8\b"), ("What day comes after Friday?", r"Saturday"),
             ("How many legs does a spider have?", r"\beight\b|\b8\b"), ("Count from 1 to 5.", r"1, 2, 3, 4, 5$"), ("What do bees make?", r"honey"),
             ("Is a rose a flower?", r"^Yes"), ("Who are you?", r"small language model"), ("Hello!", r"Hello")]
SEEDS = range(1, 11)


def load(folder: Path, **options):
    """Tokenizer and model of a folder, in fp32."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    return AutoTokenizer.from_pretrained(folder), AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, **options).eval()


@torch.no_grad()
def bits_per_byte(tokenizer, model, stories: list[str], start: int | None, limit: int = 512) -> float:
    """Bits of the first `limit` tokens of each story over the bytes they cover; `start` stands before the first token."""
    bits = size = 0.0
    for story in stories:
        ids = tokenizer(story, add_special_tokens=False).input_ids[:limit]
        row = torch.tensor([[start, *ids] if start is not None else ids])
        logits = model(row[:, :-1][:, : limit]).logits[0]
        bits -= logits.log_softmax(-1).gather(1, row[0, 1:, None]).sum().item() / math.log(2)
        text = tokenizer.decode(ids if start is not None else ids[1:])
        size += len(text.strip().encode() if text.startswith(" ") and not story.startswith(" ") else text.encode())
    return bits / size


@torch.no_grad()
def facts(tokenizer, model) -> list[dict]:
    """Probability of the first wanted token behind each prompt of FACTS, encoded as it stands, and whether it leads."""
    out = []
    for prompt, want in FACTS.items():
        p = model(torch.tensor([tokenizer(prompt, add_special_tokens=False).input_ids])).logits[0, -1].softmax(-1)
        wanted = tokenizer(prompt + want, add_special_tokens=False).input_ids[len(tokenizer(prompt, add_special_tokens=False).input_ids)]
        out.append({"prompt": prompt, "want": want, "first": int(p.argmax()) == wanted, "top": tokenizer.decode([int(p.argmax())]), "p": round(p[wanted].item(), 4)})
    return out


@torch.no_grad()
def sample(tokenizer, model, prompt: str, tokens: int, temperature: float, seed: int) -> str:
    """Plain sampling from the whole distribution at a temperature."""
    generator = torch.Generator().manual_seed(seed)
    ids, cache = tokenizer(prompt, add_special_tokens=False).input_ids, None
    row = torch.tensor([ids])
    for _ in range(tokens):
        result = model(row, past_key_values=cache, use_cache=True)
        cache = result.past_key_values
        p = (result.logits[0, -1] / temperature).softmax(-1)
        token = int(torch.multinomial(p, 1, generator=generator))
        if token == model.config.eos_token_id:
            break
        ids.append(token)
        row = torch.tensor([[token]])
    return tokenizer.decode(ids)


@torch.no_grad()
def answers(tokenizer, model, limit: int = 60) -> list[dict]:
    """Greedy answers to QUESTIONS in ChatML, whether right and whether the end token came."""
    out = []
    for question, pattern in QUESTIONS:
        prompt = tokenizer.apply_chat_template([{"role": "user", "content": question}], tokenize=False, add_generation_prompt=True)
        ids = tokenizer(prompt, add_special_tokens=False, return_tensors="pt").input_ids
        done = model.generate(ids, max_new_tokens=limit, do_sample=False, pad_token_id=0)[0, ids.shape[1] :].tolist()
        stopped = done[-1] == model.config.eos_token_id
        text = tokenizer.decode(done[:-1] if stopped else done).strip()
        out.append({"question": question, "answer": text, "right": bool(re.search(pattern, text)) and stopped, "stopped": stopped})
    return out


@torch.no_grad()
def reference(tokenizer, model, prompts: list[str]) -> list[dict]:
    """The fifty largest logits behind each prompt, fp16 weights computed in fp32."""
    out = []
    for prompt in prompts:
        ids = tokenizer(prompt, add_special_tokens=False).input_ids
        values, indices = model(torch.tensor([ids])).logits[0, -1].topk(50)
        out.append({"prompt": prompt, "ids": ids, "top_ids": indices.tolist(), "top_logits": [round(v, 5) for v in values.tolist()]})
    return out


def write_reference(models: dict[str, tuple], file: Path) -> None:
    """testdata/reference-logits.json: three prompts per model."""
    chat = lambda q: f"<|im_start|>user\n{q}<|im_end|>\n<|im_start|>assistant\n"
    prompts = {"tales": ["The capital of France is", "2 + 2 = ", "Once upon a time"],
               "tales-chat": [chat("What is the capital of France?"), chat("Tell me a story about a cat."), chat("What is 2 + 3?")]}
    content = {name: reference(*models[name], prompts[name]) for name in models}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content, ensure_ascii=True, separators=(",", ":")).replace('{"prompt"', '\n{"prompt"') + "\n")
