"""The training loop: a schedule driven by processor time, an average of the weights, checkpoints to resume from."""
import copy
import json
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import batches
import workers
from model import Tales
from optimizer import optimizers
from own_samples import OwnSamples
from tokenizer import END_OF_TEXT


class Expected(torch.autograd.Function):
    """Mean cross-entropy to a sparse distribution: log-sum-exp minus the weighted logits; one softmax in all."""

    @staticmethod
    def forward(ctx, logits, which, weight):
        total = logits.logsumexp(-1)
        ctx.save_for_backward(logits, total, which, weight)
        return (total - (weight * logits.gather(1, which)).sum(-1)).mean(), (total - logits.gather(1, which[:, :1])[:, 0]).mean()

    @staticmethod
    def backward(ctx, gradient, _):
        logits, total, which, weight = ctx.saved_tensors
        out = (logits - total[:, None]).exp_().scatter_add_(1, which, -weight)
        return out.mul_(gradient / len(logits)), None, None


def sharpened(soft, power: float):
    """The expectation raised to a power, its sum as before: 1 leaves it alone, more prefers the likely."""
    if power == 1:
        return soft
    raised = soft**power
    return raised * (soft.sum(-1, keepdim=True) / raised.sum(-1, keepdim=True).clamp_min(1e-30))


def flattened(logits, x, keep, sharp: float):
    """Logits of rows that begin bare, divided by `sharp`: what is learned through them is that much surer without them."""
    if sharp == 1:
        return logits
    bare = (x[:, :1] != END_OF_TEXT).expand_as(x)[keep]
    return torch.where(bare[:, None], logits / sharp, logits)


def loss_of(logits, keep, targets, which, soft, teaching: float):
    """(loss, true loss): the true token's weight is what the teacher's expectation leaves; logits are those of `keep`."""
    targets, weight = targets[keep][:, None], teaching * soft[keep]
    true = 1 - weight.sum(-1, keepdim=True)
    return Expected.apply(logits, torch.cat([targets, which[keep]], 1), torch.cat([true, weight], 1))


@torch.no_grad()
def bits_per_byte(model, tokenizer, stories: list[str], device) -> float:
    """Over the first 512 tokens of each story, the first token predicted behind `<|endoftext|>`."""
    model.eval()
    bits = size = 0.0
    for story in stories:
        ids = tokenizer.encode(story).ids[: batches.LENGTH]
        x = torch.tensor([[0, *ids]], device=device)
        logits = model(x[:, :-1])[0].float()
        bits += F.cross_entropy(logits, x[0, 1:], reduction="sum").item() / math.log(2)
        size += len(tokenizer.decode(ids).encode())
    model.train()
    return bits / size


def rate(progress: float, warm: float, decay_from: float) -> float:
    """Warm-up, plateau, straight decay to zero: the share of the peak rate at this share of the run."""
    if progress < warm:
        return max(0.02, progress / warm)
    return 1.0 if progress < decay_from else max(0.0, (1 - progress) / (1 - decay_from))


def train(out: Path, tokenizer, documents, validation: list[str], o: dict, speller=None) -> dict:
    """Runs until `o['minutes']` of processor time are used or `o['epochs']` are done; returns the averaged weights.

    With a `speller`, `o['spelling']` times its loss is added, over the batch and over as many own samples of the model.
    """
    out.mkdir(parents=True, exist_ok=True)
    rank, world, device = workers.place()
    torch.manual_seed(o["seed"])
    model = Tales(dropout=o["dropout"]).to(device)
    if o.get("start"):
        model.load_state_dict(o["start"])
    both = optimizers(model, o["muon_lr"], o["adam_lr"], o["weight_decay"])
    state = {"step": 0, "epoch": 0, "batch": 0, "tokens": 0, "elapsed": 0.0}
    average = copy.deepcopy(model.state_dict())
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device, weights_only=False)
        model.load_state_dict(saved["model"])
        for optimizer, one in zip(both, saved["optimizers"]):
            optimizer.load_state_dict(one)
        average, state = saved["average"], saved["state"]
    torch.manual_seed(o["seed"] + 1000 * state["step"] + rank)  # another dropout on every worker
    log = open(out / "log.jsonl", "a")
    shadow = Tales(dropout=0).to(device)

    def save(note: dict) -> None:
        if rank:
            return
        shadow.load_state_dict(average)
        note = {**note, **state, "validation": bits_per_byte(shadow, tokenizer, validation, device)}
        print(json.dumps(note), file=log, flush=True)
        print({k: round(v, 4) if isinstance(v, float) else v for k, v in note.items()}, flush=True)
        torch.save({"model": model.state_dict(), "average": average, "optimizers": [x.state_dict() for x in both], "state": state}, out / "new.pt")
        (out / "new.pt").rename(checkpoint)

    own = OwnSamples(tokenizer, documents, o["seed"] + rank, device) if speller else None
    last, noted, sums, wrong = time.process_time(), time.time(), [0.0, 0.0, 0], 0.0
    progress = 0.0
    while progress < 1:
        progress = state["elapsed"] / 60 / o["minutes"]
        facts = o["replay"] if progress < o["decay_from"] else o["late_replay"]
        for number, batch in batches.epoch(tokenizer, documents, state["epoch"], o["area"], o["seed"], facts, state["batch"], rank, world, o.get("own", 0)):
            x, y, which, soft = (t.to(device) for t in batch)
            progress = max(state["elapsed"] / 60 / o["minutes"], state["epoch"] / o["epochs"])
            share = rate(progress, o["warm"], o["decay_from"])
            for optimizer in both:
                for group in optimizer.param_groups:
                    group["lr"] = group["base"] * share
            keep = y != batches.IGNORE
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                logits = model(x, keep)
            power = 1 if progress < o["decay_from"] else o["late_power"]
            sharp = 1 if progress < o["decay_from"] else o.get("sharp", 1)
            total, true = loss_of(flattened(logits.float(), x, keep, sharp), keep, y, which, sharpened(soft, power), o["teaching"])
            if speller and o["spelling_from"] <= progress < o["spelling_to"]:
                misspelt = speller.loss(logits.float(), speller.rows(x)[keep.cpu()])
                rows = own.batch(model, state["step"])
                misspelt = misspelt + speller.loss(model(rows).flatten(0, 1).float(), speller.rows(rows).flatten())
                (total + o["spelling"] * misspelt).backward()
                wrong += misspelt.item()
            else:
                total.backward()
            now = time.process_time()  # a worker has one thread, so this is its share of the clock
            elapsed, count = workers.share(model, [state["elapsed"] + now - last, float(keep.sum())], world)
            last = now
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for optimizer in both:
                optimizer.step()
                optimizer.zero_grad(set_to_none=True)
            hold = min(o["average"], 1 - 1 / (1 + state["step"] / 4))
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    average[name].lerp_(value, 1 - hold)
            state["elapsed"] = elapsed
            state["step"] += 1
            state["batch"] = number + world
            state["tokens"] += int(count * world)
            sums = [sums[0] + total.item(), sums[1] + true.item(), sums[2] + 1]
            if time.time() - noted > o["note_seconds"]:
                save({"loss": sums[0] / sums[2], "true": sums[1] / sums[2], **({"misspelt": wrong / sums[2]} if speller else {}), "rate": share})
                noted, sums, wrong = time.time(), [0.0, 0.0, 0], 0.0
            if progress >= 1:
                break
        else:
            state["epoch"], state["batch"] = state["epoch"] + 1, 0
            progress = max(progress, state["epoch"] / o["epochs"])
    save({"loss": sums[0] / max(1, sums[2]), "true": sums[1] / max(1, sums[2]), "rate": 0.0, "end": True})
    return average
