"""Stored answers of Hugging Face's trainer: merges, vocabulary and ids for small corpora of many ties.

Run with `tokenizers` installed: python make-trained-bpe.py > trained-bpe.json
"""
import json
import os
import random

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"
from tokenizers import AddedToken, Tokenizer, __version__, decoders, models, pre_tokenizers, trainers

TALE = (
    "There was a little fox who didn't like the rain. It's raining again, said the fox, and I'm wet!\n"
    "  We'll wait, they've said; the hill isn't high.   The fox waited, and waited, and the rain went away...\n"
    "In 1999 there were 12 foxes and 345 hens; by 2005, 6 foxes and 78 hens. \u00bd of them ran \u2460 mile.\n"
    "\tLe renard \u00e9tait d\u00e9j\u00e0 l\u00e0. \u0427\u0442\u043e \u044d\u0442\u043e? \u5b78\u800c\u6642\u7fd2\u4e4b \U0001f98a\U0001f98a! caf\u00e9 cafe\u0301\u3000na\u00efve\u0085end\u00a0x\n"
    "The fox's den, the hen's nest: 'twas the night.  'Tis true 'll 're''s\n"
)


def runs() -> str:
    """Words over two letters: many ties, and tokens that two different pairs make."""
    random.seed(3)
    return "\n".join(
        " ".join("".join(random.choice("aab") for _ in range(random.randint(1, 30))) for _ in range(10)) for _ in range(30)
    )


def case(name, texts, size, frequency=0, special=(), alphabet="bytes", limit=None, longest=None, prefix=False, digits=None):
    level = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    tokenizer = Tokenizer(models.BPE())
    split = [] if digits is None else [pre_tokenizers.Digits(individual_digits=digits == "individual")]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*split, level]) if split else level
    tokenizer.decoder = decoders.ByteLevel()
    signs = pre_tokenizers.ByteLevel.alphabet() if alphabet == "bytes" else [] if alphabet == "none" else alphabet
    limits = {key: value for key, value in (("limit_alphabet", limit), ("max_token_length", longest)) if value}
    trainer = trainers.BpeTrainer(
        vocab_size=size, min_frequency=frequency, show_progress=False, initial_alphabet=signs, **limits,
        special_tokens=[AddedToken(token, special=True, normalized=False) for token in special],
    )
    tokenizer.train_from_iterator(texts, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    options = {"vocabSize": size, "minFrequency": frequency, "specialTokens": list(special), "addPrefixSpace": prefix}
    options["initialAlphabet"] = alphabet
    if digits:
        options["splitDigits"] = digits
    if limit:
        options["limitAlphabet"] = limit
    if longest:
        options["maxTokenLength"] = longest
    vocabulary = sorted(model["vocab"], key=model["vocab"].get)
    encoded = TALE + "".join(f" {token}x" for token in special)
    return {
        "name": name, "texts": texts, "options": options, "vocabulary": vocabulary, "merges": model["merges"],
        "encoded": encoded, "ids": tokenizer.encode(encoded).ids,
    }


lines = TALE.splitlines(keepends=True)
cases = [
    case("a tale", [TALE], 400),
    case("line by line, special tokens", lines, 380, special=["<|end|>", "<s>", "the"]),
    case("minimum frequency", [TALE], 4096, frequency=3),
    case("digits one by one, space in front", lines, 350, digits="individual", prefix=True),
    case("runs of digits", lines, 350, digits="contiguous"),
    case("only the signs that occur", [TALE], 200, alphabet="none"),
    case("some signs", [TALE], 200, alphabet=["z", "q", "\u0120"]),
    case("short tokens", [TALE * 3], 400, longest=4),
    case("two letters", [runs()], 600),
    case("few signs", [runs().replace("b b", "c") + " d d d"], 40, alphabet="none", limit=3),
]
print(json.dumps({"tokenizers": __version__, "cases": cases}, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"'))
