"""The vocabulary: byte-level BPE by Hugging Face's trainer, every digit a token of its own.

Digits are split off before the byte-level pattern runs, so a space never merges with a digit:
the ids of `2 + 2 = ` are a prefix of those of `2 + 2 = 4`.
"""
import json
from collections import Counter
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

SIZE = 3072
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
END_OF_TEXT, IM_START, IM_END = range(3)
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def train(texts: list[str]) -> Tokenizer:
    """Trains the vocabulary on `texts`."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE, min_frequency=2, show_progress=False, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        special_tokens=[AddedToken(token, special=True, normalized=False) for token in SPECIAL],
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def word_counts(tokenizer: Tokenizer, texts: list[str]) -> list[tuple[str, int]]:
    """What the trainer counted: pre-tokens and how often each occurs, the commonest first."""
    counts = Counter(word for text in texts for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def save(tokenizer: Tokenizer, folder: Path, chat: bool) -> None:
    """Writes tokenizer.json and tokenizer_config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        "add_bos_token": False,
        "add_prefix_space": False,
        "added_tokens_decoder": {
            str(i): {"content": token, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}
            for i, token in enumerate(SPECIAL)
        },
        "bos_token": SPECIAL[END_OF_TEXT],
        "chat_template": TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "eos_token": SPECIAL[IM_END] if chat else SPECIAL[END_OF_TEXT],
        "model_max_length": 512,
        "pad_token": SPECIAL[END_OF_TEXT],
        "tokenizer_class": "PreTrainedTokenizerFast",
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")
