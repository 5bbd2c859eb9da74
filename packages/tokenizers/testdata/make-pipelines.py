"""Answers of Rust `tokenizers` (through Python) for small tokenizers of every kind, for `pipelines.test.ts`.

    python make-pipelines.py > pipelines.json
    python make-pipelines.py 400 > many.json     (400 random texts a tokenizer in place of 24)
"""

import json
import random
import sys

import tokenizers
from tokenizers import Tokenizer

texts_each = int(sys.argv[1]) if len(sys.argv) > 1 else 24

# SentencePiece's compiled form of a dozen rules: ﬁ → fi, ① → 1, ａ → a, e + acute → é, ½ → 1/2, U+3000 → space,
# U+200B → nothing, Å (Ångström) → Å, か + voiced mark → が, ™ → TM, no-break space and tab → space.
CHARSMAP = (
    "AAQAAAAgAAAJDQAAAQAAgMwYAgCBBQAAFAAAgKARAAAFAACAgCgCAIsNAAAAAACACQAAgIT8AgARAACAoAUAAAMAAICASQAAomkAAIAIAgCBMA"
    "IAi4gDAOMEAgCCYAIAmTUAAKtVAACR3AIAFwAAgL1xAACBBQAADgAAgAwAAICBBQAArPQCACAAAAAjAAAAIgAAACUAAAAkAAAAJwAAACYAAAAp"
    "AAAAKAAAACsAAAAqAAAALQAAACwAAAAvAAAALgAAADEAAAC9vAIAMwAAADIAAAA1AAAANAAAADcAAAA2AAAAOQAAADgAAAA7AAAAOgAAAD0AAA"
    "A8AAAAPwAAAD4AAABBAAAAQAAAAEMAAABCAAAARQAAAEQAAABHAAAARgAAAEkAAABIAAAASwAAAEoAAABNAAAATAAAAE8AAABOAAAAUQAAAFAA"
    "AABTAAAAUgAAAFUAAABUAAAAVwAAAFYAAABZAAAAWAAAAFsAAABaAAAAXQAAAFwAAABfAAAAXgAAAGEAAABgAAAAYwAAAGIAAABlAAAAZAAAAG"
    "cAAABmAAAAaQAAAGgAAABrAAAAagAAAG0AAABliAIAbwAAAG4AAABxAAAAcAAAAHMAAAByAAAAdQAAAHQAAAB3AAAAdgAAAHkAAAB4AAAAewAA"
    "AHoAAAB9AAAAfAAAAH8AAAB+AAAAgQAAAIAAAACDAAAAggAAAIUAAACEAAAAhwAAAIYAAACJAAAAiAAAAIsAAACKAAAAjQAAAIwAAACPAAAAjg"
    "AAAJEAAACQAAAAkwAAAJIAAACVAAAAlAAAAJcAAACWAAAAmQAAAJgAAACbAAAAmgAAAJ0AAACcAAAAnwAAAJ4AAAChAAAAoAAAAKMAAACiAAAA"
    "pQAAAKQAAACnAAAApgAAAKkAAACoAAAAqwAAAKoAAACtAAAArAAAAK8AAACuAAAAsQAAALAAAACzAAAAsgAAALUAAAC0AAAAtwAAALYAAAC5AA"
    "AAuAAAALsAAAC6AAAAvQAAALwAAAC/AAAAvgAAAMEAAADAAAAAwwAAAMIAAADFAAAAxAAAAMcAAADGAAAAyQAAAMgAAADCsAEAygAAAM0AAADM"
    "AAAAzwAAAM4AAADRAAAA0AAAANMAAADSAAAA1QAAANQAAADXAAAA1gAAANkAAADYAAAA2wAAANoAAADdAAAA3AAAAN8AAADeAAAA4QAAAOAAAA"
    "DjAAAA4gAAAOUAAADkAAAA5wAAAO+sAQDpAAAA6AAAAOKIAQDj5AEA7QAAAOwAAADvAAAA7gAAAPEAAADwAAAA8wAAAPIAAAD1AAAA9AAAAPcA"
    "AAD2AAAA+QAAAPgAAAD7AAAA+gAAAP0AAAD8AAAA/wAAAP4AAAAAIAAxADEvMgBUTQBhAGZpAMOFAMOpAOOBjAA="
)

parts = (
    list("abcdefgh .,!?'-_|12½é") + [" ", " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u0085", "\u200b", "\0", "\ufeff"]
    + ["the", "play", "ing", "ed", "hello", "HELLO", "World", "İ", "ß", "ΟΔΟΣ", "ǅ", "ﬁ", "①", "ａ", "e\u0301", "a\u0323\u0307", "a\u0307\u0323", "\u0301", "q\u0307\u0323"]
    + ["\u212b", "™", "か\u3099", "が", "한국", "\u1112\u1161\u11ab", "你好", "世", "नमस्ते", "😀", "👍🏽", "👩‍👩‍👧", "▁", "Ġ", "<x>", "<Y>", "<z>", "[MASK]", "₀", "ⅷ", "…", "—", "“", "\u0344", "\u0958", "ſ", "K"]
)
rng = random.Random(7)
fixed = ["", " ", "  hello  ", "Hello, world! The play-ing.", "naïve café", "e\u0301e\u0301 a\u0323\u0307 ﬁne ½ ①", "你好 world 👩‍👩‍👧 ok", "a<x> b <Y>  c<z>d [MASK] <y>", "\u0301a", "12½34 a1b2"]


def texts():
    found = list(fixed)
    while len(found) < len(fixed) + texts_each:
        found.append("".join(rng.choice(parts) for _ in range(rng.randint(1, 12))))
    return found


pieces = ["the", "play", "ing", "ed", "hello", "world", "he", "lo", "fi", "nai", "caf", "TM", "你", "好", "é", "が", "½", "1/2", "o", "a", "b", "c", "d", "e", "1", "2", ".", ",", "!", "-", "'", "한", "국", "😀"]


def added(*extra):
    found = [
        {"id": 0, "content": "<unk>", "special": True, "normalized": False},
        {"id": 1, "content": "<x>", "special": True, "normalized": False, "lstrip": True, "rstrip": True},
        {"id": 2, "content": "<Y>", "special": False, "normalized": True},
        {"id": 3, "content": "<z>", "special": False, "normalized": False, "single_word": True},
    ]
    names = {"single_word": False, "lstrip": False, "rstrip": False}
    return [{**names, **token} for token in found + list(extra)]


names = ["<unk>", "<x>", "<Y>", "<z>"]


def vocab(tokens):
    unique = list(dict.fromkeys(names + tokens))
    return {token: index for index, token in enumerate(unique)}


def word_piece(**changes):
    tokens = pieces + ["##" + piece for piece in pieces]
    return {"type": "WordPiece", "unk_token": "<unk>", "continuing_subword_prefix": "##", "max_input_chars_per_word": 12, "vocab": vocab(tokens), **changes}


def unigram(tokens=None, **changes):
    tokens = tokens or (["▁", "▁the", "▁play", "▁hello", "▁a"] + pieces)
    rows = list(dict.fromkeys(names + tokens))
    scores = [[token, 0.0 if index < 4 else -1.0 - (index * 37 % 101) / 10] for index, token in enumerate(rows)]
    return {"type": "Unigram", "unk_id": 0, "vocab": scores, "byte_fallback": False, **changes}


BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def byte_alphabet():
    kept = list(range(0x21, 0x7F)) + list(range(0xA1, 0xAD)) + list(range(0xAE, 0x100))
    table, extra = {}, 0
    for byte in range(256):
        if byte in kept:
            table[byte] = chr(byte)
        else:
            table[byte] = chr(0x100 + extra)
            extra += 1
    return table


ALPHABET = byte_alphabet()
spell = lambda text: "".join(ALPHABET[byte] for byte in text.encode())


def bpe(words, spelled, singles, **changes):
    """Merges that build each word from the left."""
    tokens, merges = list(singles), []
    for word in words:
        characters = spell(word) if spelled else word
        if not set(characters) <= set(singles):
            continue
        left = characters[0]
        for character in characters[1:]:
            if left + character not in tokens:
                merges.append([left, character])
                tokens.append(left + character)
            left += character
    return {"type": "BPE", "vocab": vocab(tokens), "merges": merges, "unk_token": None, "byte_fallback": False, "fuse_unk": False, "continuing_subword_prefix": None, "end_of_word_suffix": None, "ignore_merges": False, **changes}


words = [" the", "the", " play", "ing", "hello", " hello", " wor", "你好", "é", " 😀", "12", "  "]
byte_bpe = lambda **changes: bpe(words, True, [ALPHABET[byte] for byte in range(256)], **changes)
text_bpe = lambda singles=None, **changes: bpe([word.replace(" ", "▁") for word in words], False, singles or list("▁abcdefghilnoprtuwy12é你好😀."), **changes)

byte_level = lambda **changes: {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True, **changes}
metaspace = lambda scheme="always", split=True: {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": split}
split = lambda pattern, behavior="Isolated", invert=False: {"type": "Split", "pattern": pattern, "behavior": behavior, "invert": invert}
sequence = lambda *steps: {"type": "Sequence", "pretokenizers": list(steps)}
normalizers = lambda *steps: {"type": "Sequence", "normalizers": list(steps)}
replace = lambda pattern, content: {"type": "Replace", "pattern": pattern, "content": content}
bert = lambda **changes: {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True, **changes}
template = {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<x>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<z>", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}], "special_tokens": {"<x>": {"id": "<x>", "ids": [1], "tokens": ["<x>"]}, "<z>": {"id": "<z>", "ids": [3], "tokens": ["<z>"]}}}
roberta = lambda **changes: {"type": "RobertaProcessing", "sep": ["<z>", 3], "cls": ["<x>", 1], "trim_offsets": True, "add_prefix_space": True, **changes}
kind = lambda type: {"type": type}
word_level = {"type": "WordLevel", "unk_token": "<unk>", "vocab": vocab(pieces)}
WhitespaceSplit = kind("WhitespaceSplit")

cases = {
    "bert": (bert(), kind("BertPreTokenizer"), word_piece(), template),
    "bert cased": (bert(lowercase=False), kind("BertPreTokenizer"), word_piece(), None),
    "bert cased, accents stripped": (bert(lowercase=False, strip_accents=True, handle_chinese_chars=False), kind("BertPreTokenizer"), word_piece(), None),
    "bert uncleaned": (bert(clean_text=False), kind("BertPreTokenizer"), word_piece(), None),
    "word level": (kind("Lowercase"), kind("Whitespace"), word_level, None),
    "unigram": (None, metaspace(), unigram(), template),
    "unigram of t5": (kind_precompiled := {"type": "Precompiled", "precompiled_charsmap": CHARSMAP}, sequence(WhitespaceSplit, metaspace()), unigram(), template),
    "unigram of albert": (normalizers(replace({"String": "``"}, '"'), replace({"String": "''"}, '"'), kind("NFKD"), kind("StripAccents"), kind("Lowercase"), {"type": "Precompiled", "precompiled_charsmap": CHARSMAP}), metaspace(), unigram(), None),
    "unigram of xlm-r": (normalizers(kind_precompiled, replace({"Regex": " {2,}"}, " ")), metaspace("first"), unigram(), None),
    "unigram with byte fallback": (normalizers(kind_precompiled, {"type": "Strip", "strip_left": True, "strip_right": True}), metaspace("first", False), unigram(["▁", "▁the", "▁a"] + pieces + BYTES, byte_fallback=True), None),
    "sentencepiece bpe": (normalizers({"type": "Prepend", "prepend": "▁"}, replace({"String": " "}, "▁")), None, text_bpe(list("▁abcdefghilnoprtuwy12é你好.") + BYTES, byte_fallback=True, fuse_unk=True, unk_token="<unk>"), template),
    "bpe with unknown characters": (kind("NFC"), metaspace(), text_bpe(unk_token="<unk>"), None),
    "bpe with fused unknown characters": (kind("NFKC"), metaspace("first"), text_bpe(unk_token="<unk>", fuse_unk=True), None),
    "bpe that drops unknown characters": (kind("NFD"), metaspace("never"), text_bpe(), None),
    "bpe of clip": (normalizers(kind("NFC"), replace({"Regex": "\\s+"}, " "), kind("Lowercase")), sequence(split({"Regex": "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"}, "Removed", True), byte_level(use_regex=False)), {**byte_bpe(end_of_word_suffix="</w>", unk_token="<unk>"), "vocab": vocab([c for byte in range(256) for c in (ALPHABET[byte], ALPHABET[byte] + "</w>")] + ["th", "the</w>"]), "merges": [["t", "h"], ["th", "e</w>"]]}, roberta(trim_offsets=False)),
    "bpe with prefixes": (None, WhitespaceSplit, {**text_bpe(), "continuing_subword_prefix": "@@", "unk_token": "<unk>", "vocab": vocab(list("abcdehlopty") + ["@@" + c for c in "abcdehlopty"] + ["th", "the", "@@lo"]), "merges": [["t", "@@h"], ["th", "@@e"], ["@@l", "@@o"]]}, None),
    "gpt2": (None, byte_level(), byte_bpe(), None),
    "gpt2 with a prefix space, trimmed": (None, byte_level(add_prefix_space=True), byte_bpe(), byte_level(add_prefix_space=True, trim_offsets=True)),
    "roberta": (None, byte_level(add_prefix_space=True), byte_bpe(), roberta()),
    "roberta without a prefix space": (None, byte_level(), byte_bpe(), roberta(add_prefix_space=False)),
    "qwen": (kind("NFC"), sequence(split({"Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"}), byte_level(use_regex=False)), byte_bpe(), byte_level(trim_offsets=False)),
    "nfkd over bytes": (kind("NFKD"), byte_level(), byte_bpe(ignore_merges=True), template),
    "falcon": (None, sequence({"type": "Punctuation", "behavior": "Contiguous"}, byte_level(), {"type": "Digits", "individual_digits": False}, split({"Regex": "[0-9][0-9][0-9]"})), byte_bpe(), None),
    "bytes before the cut": (normalizers(kind("NFC"), kind("ByteLevel")), sequence(split({"String": "Ġ"}, "MergedWithNext")), byte_bpe(), None),
    "digits, then bytes": (kind("Nmt"), sequence({"type": "Digits", "individual_digits": True}, byte_level(add_prefix_space=True)), byte_bpe(), None),
    "punctuation, merged with previous": (None, {"type": "Punctuation", "behavior": "MergedWithPrevious"}, word_level, None),
    "punctuation, merged with next": (None, sequence(WhitespaceSplit, {"type": "Punctuation", "behavior": "MergedWithNext"}), word_level, None),
    "split, inverted and contiguous": (None, split({"Regex": "[a-z]"}, "Contiguous", True), word_level, None),
    "split, inverted and merged with next": (None, split({"Regex": "[a-z]+"}, "MergedWithNext", True), word_level, None),
    "delimiters": (None, sequence({"type": "CharDelimiterSplit", "delimiter": "-"}, kind("Whitespace")), word_level, None),
    "replaced by longer and shorter": (normalizers(replace({"String": "hello"}, "a"), replace({"Regex": "[12]"}, "the "), replace({"String": "好"}, "")), WhitespaceSplit, word_level, None),
}

tokenizers_out = []
for name, (normalizer, pre_tokenizer, model, post_processor) in cases.items():
    file = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added(), "normalizer": normalizer, "pre_tokenizer": pre_tokenizer, "post_processor": post_processor, "decoder": None, "model": model}
    tokenizer = Tokenizer.from_str(json.dumps(file))
    rows = []
    for text in texts():
        encoding = tokenizer.encode(text)
        rows.append({"text": text, "ids": encoding.ids, "offsets": [place for offset in encoding.offsets for place in offset]})
    tokenizers_out.append({"name": name, "json": file, "cases": rows})

print(f'{{"tokenizers":"{tokenizers.__version__}","kinds":[')
lines = [f'{{"name":{json.dumps(t["name"])},"json":{json.dumps(t["json"])},"cases":[\n' + ",\n".join(json.dumps(row) for row in t["cases"]) + "\n]}" for t in tokenizers_out]
print(",\n".join(lines))
print("]}")
