"""Writes the model cards, the loss curves, the metadata and the reference logits from the results."""
import json
from pathlib import Path

import batches
import curve
import measure
import metadata
import stories

HEAD = """---
license: mit
language: en
pipeline_tag: text-generation
tags: [teaching, tinystories]
---
# {name}

{what} A teaching model: small enough to look at every number in it, and to run anywhere at once.
It writes stories for small children and knows a few hundred simple facts. It knows nothing else.

| | |
|---|---|
| Architecture | Llama: {layers} layers, hidden size {hidden}, {heads} query heads and {kv} key-value heads of size {head}, SwiGLU of {ff}, tied embeddings, rotary positions (theta 10000) |
| Parameters | {parameters:,} in fp16 ({megabytes:.2f} MB the folder) |
| Vocabulary | {vocabulary:,} tokens, byte-level BPE, every digit a token of its own |
| Context | {context} tokens |
| Special tokens | `<|endoftext|>` 0, `<|im_start|>` 1, `<|im_end|>` 2; none is added to a prompt |
| Ends at | {end} |
| Licence | MIT (weights, recipe and generated text) |
"""
DATA = """
## Data

- TinyStories (Eldan and Li, 2023; CDLA-Sharing 1.0): {stories:,} stories, {megabytes:.2f} MB, from a cased slice of 2 MiB and from a
  lower-cased slice, whose stories the cased one lacks had their capitals restored by rule.
- Stories by our own generator (`training/stories.py`, plots in `training/plots`), {own} new ones in every epoch of the second step: {share:.0%} of its stories.
  {plots} plots of some fifteen sentences, each sentence in several wordings of ours, with other people and things every time.
- Facts and dialogues by our own generators (`training/facts.py`, `training/dialogues.py`), new in every epoch: capitals, colours, opposites,
  animals and their sounds, days and months, counting, sums.
- Soft labels for {labelled:,} of the stories: what SmolLM2-135M-Instruct (Apache-2.0) expects behind each token, in our vocabulary.
  No text of its making is among the data.

Kept out: every story that touches the last 5 % of the cased slice, and its twin in the lower-cased one ({tests} whole stories are the test;
the one that lies across the border is in neither part).
"""
BITS = """
## Bits per byte

On the {tests} test stories ({bytes:,} bytes), the first 512 tokens of each under each model's own vocabulary, the bits of these tokens over the bytes they stand for.

| model | parameters | bits per byte |
|---|---|---|
{rows}

Behind its start token `tales` writes in the manner of TinyStories, without one in that of our generator (see Ten samples). Without it, the first token
neither predicted nor counted, `tales` needs {bare:.3f} on the same stories.

`tales` and stories260k predict the first token behind their start token; SmolLM2 has none, so its first token is neither predicted nor counted.
The n-gram model (interpolated Kneser-Ney, order 4) has the vocabulary and the training stories of `tales`.
SmolLM2 is the 4-bit (Q4_1) file, computed in fp32.
"""
LIMITS = """
## Limits

- It tells {plots} plots of ours again in other words. A prompt that leads elsewhere (or `<|endoftext|>` before it) gets a story in the manner of TinyStories:
  that holds together for some sentences, then people and things get mixed up, and a name or a pronoun may change.
- Now and then, there above all, it writes a word that does not exist, or a sentence without sense; a lower temperature or top-p makes that rarer.
- Facts outside the generator's tables are made up. Sums beyond 10 + 10 are wrong.{more}
- The stories carry the habits of their source: few names, and roles as a language model of 2023 saw them.
- English alone. Not for any use in which an answer must be right.
"""


def shape(folder: Path) -> dict:
    """Figures of the first table."""
    c = json.loads((folder / "config.json").read_text())
    return dict(layers=c["num_hidden_layers"], hidden=c["hidden_size"], heads=c["num_attention_heads"], kv=c["num_key_value_heads"], head=c["head_dim"],
                ff=c["intermediate_size"], vocabulary=c["vocab_size"], context=c["max_position_embeddings"],
                parameters=metadata.parameters(folder / "model.safetensors"), megabytes=sum((folder / f).stat().st_size for f in metadata.FILES) / 1e6)


def quote(text: str) -> str:
    """A block quote."""
    return "\n".join("> " + line if line else ">" for line in text.split("\n"))


def bits_table(bits: dict) -> str:
    """Rows of the comparison."""
    sizes = {"tales": "2.7 M", "tales-chat": "2.7 M", "stories260k": "0.26 M", "SmolLM2-135M-Instruct": "135 M", "n-gram": "–"}
    return "\n".join(f"| {'**tales**' if name == 'tales' else name} | {sizes[name]} | {value:.3f} |" for name, value in sorted(bits.items(), key=lambda i: i[1]))


def recipe(log: Path, options: dict) -> str:
    """Hyper-parameters and length of a run."""
    last = curve.read(log)[-1]
    return (f"{last['tokens'] / 1e6:.1f} million tokens in {last['step']:,} steps, {last['elapsed'] / 60:.0f} minutes of processor time on each of two cores. "
            f"Muon (peak {options['muon_lr']}, weight decay {options['weight_decay']}) for the matrices, AdamW (peak {options['adam_lr']}) for embedding and norms; "
            f"warm-up over {options['warm']:.0%} of the run, plateau to {options['decay_from']:.0%}, then straight to zero; batches of about {options['area']:,} tokens "
            f"per core; dropout {options['dropout']}; running average of the weights ({options['average']}); seed {options['seed']}.")


def write(a, texts: dict, package: Path, options: dict, notes: str = "") -> None:
    """Writes all of it."""
    r = measure.measure(a, texts, package)
    labelled = len(measure.labelled(a))
    facts = dict(stories=len(texts["train"]), megabytes=sum(len(s.encode()) for s in texts["train"]) / 1e6, labelled=labelled, tests=len(texts["test"]),
                 own=f"{options['stories']['own']:,}", share=options["stories"]["own"] / (options["stories"]["own"] + len(texts["train"])), plots=len(stories.library()[1]))
    data = DATA.format(**facts)
    bits = BITS.format(tests=len(texts["test"]), bytes=sum(len(s.encode()) for s in texts["test"]), rows=bits_table(r["bits"]), bare=r["bare"])
    fact_rows = "\n".join(f"| `{f['prompt']}` | `{f['want']}` | {f['p']:.3f} | {'yes' if f['first'] else 'no: `' + f['top'] + '`'} |" for f in r["facts"])
    samples = "\n\n".join(f"Seed {seed}\n\n{quote(text)}" for seed, text in r["samples"].items())
    base = HEAD.format(name="tales", what="A base model: it continues a text.", end="`<|endoftext|>`", **shape(a.models / "tales")) + data + f"""
## Recipe

`training/run.py` in this package makes the model again, in two steps.

1. Stories, facts and dialogues. {recipe(a.out / 'main' / 'log.jsonl', options['main'])}
   Where there is a soft label the loss is a mixture: {options['main']['teaching']:.0%} of the weight is the teacher's. While the rate falls,
   its expectations are raised to the power {options['main']['late_power']} (and scaled back to their sum).
2. The same with the stories of our generator among them. {recipe(a.out / 'stories' / 'log.jsonl', options['stories'])}
   Rows of the generator's stories begin at position 0 without a token before them ({batches.BARE_OWN:.0%} of them), those of TinyStories behind `<|endoftext|>` (all but {batches.BARE_TALES:.0%}).
   While the rate falls, the logits of rows that begin with a bare document are divided by {options['stories']['sharp']} before the loss: at a prompt with nothing before it
   the model is that much surer than its texts are.
   From {options['stories']['spelling_from']:.0%} to {options['stories']['spelling_to']:.0%} of the run there is a loss on spelling, `-log Σ p(valid)` (weight {options['stories']['spelling']}): a token is valid if it leads to a word of the training texts. It counts on
   the batches and on what the model writes itself.
{notes}
The curves: `training/loss-tales.svg`, `training/loss-tales-stories.svg`.
{bits}
## Facts

The prompt as it stands, nothing before it; p is that of the first token of the wanted text.

| prompt | wanted | p | top 1 |
|---|---|---|---|
{fact_rows}

## Ten samples

`Once upon a time`, 100 tokens, temperature 0.8, no other processor; torch's generator with the seed given. None was left out. A prompt with nothing before it
mostly begins a story of our own generator in training, so these are in that generator's manner, and mostly in
sentences that it could have written, put together anew.

{samples}
""" + LIMITS.format(more="", plots=facts["plots"])
    rows = "\n".join(f"| {x['question']} | {x['answer'].replace(chr(10), ' / ')} | {'yes' if x['right'] else 'no'} | {'yes' if x['stopped'] else 'no'} |" for x in r["answers"])
    right = sum(x["right"] for x in r["answers"])
    chat = HEAD.format(name="tales-chat", what="`tales`, tuned on conversations in ChatML: it answers and stops.", end="`<|im_end|>`", **shape(a.models / "tales-chat")) + data + f"""
## Recipe

Starts from `tales`. Conversations of one to three turns by our own generator (`training/chat.py`): questions on the same tables in several wordings, small talk,
and wishes for a story, answered by stories of our generator. The loss counts on the answers and their end token; some stories of both kinds and facts run along against forgetting.
{recipe(a.out / 'chat' / 'log.jsonl', options['chat'])} The curve: `training/loss-tales-chat.svg`.
{bits}
## Fifteen questions

Greedy, no system message; right means the expected words and the end token. {right} of {len(r['answers'])} are right.
The wordings are among those of the generator; the model was not asked anything it was not taught.

| question | answer | right | stopped |
|---|---|---|---|
{rows}

A story it was asked for (`Tell me a story about a cat.`, temperature 0.7, seed 1):

{quote(r['chat story'].split('assistant', 1)[-1].strip())}
""" + LIMITS.format(plots=facts["plots"], more=" A question in other words than the generator's may get the answer to another one.")
    (a.models / "tales" / "README.md").write_text(base)
    (a.models / "tales-chat" / "README.md").write_text(chat)
    for name, run in (("tales", "main"), ("tales-stories", "stories"), ("tales-chat", "chat")):
        curve.draw(a.out / run / "log.jsonl", package / "training" / f"loss-{name}.svg", f"Training of {name}")
    metadata.write(a.models, package / "src" / "models.generated.ts")
