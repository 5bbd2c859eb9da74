"""Small SentencePiece models of every kind and what Google's library answers with them.

Run with `sentencepiece` and `protobuf` installed: python make-sentencepiece.py FOLDER
writes FOLDER/sentencepiece.json (models as gzip in base64).
"""
import base64
import gzip
import io
import json
import sys
import tempfile
from pathlib import Path

import sentencepiece as spm
from sentencepiece import sentencepiece_pb2
from sentencepiece import sentencepiece_model_pb2 as pb

LINES = """There was a little fox who didn't like the rain. It's raining again, said the fox, and I'm wet!
We'll wait, they said; the hill isn't high. The fox waited, and waited, and the rain went away...
In 1999 there were 12 foxes and 345 hens; by 2005, 6 foxes and 78 hens ran a mile.
The quick brown fox jumps over the lazy dog, and the dog barks at the quick brown fox.
A hen sat on a warm stone and watched the water run down the hill to the old mill.
Le renard \u00e9tait d\u00e9j\u00e0 l\u00e0, pr\u00e8s de la for\u00eat, et la poule l'attendait \u00e0 l'ombre.
Der Fuchs l\u00e4uft \u00fcber die gr\u00fcne Wiese, und die Henne h\u00f6rt ihn schon.
\u041b\u0438\u0441\u0430 \u0431\u0435\u0436\u0438\u0442 \u043f\u043e \u043f\u043e\u043b\u044e, \u0430 \u043a\u0443\u0440\u0438\u0446\u0430 \u0441\u0438\u0434\u0438\u0442 \u0434\u043e\u043c\u0430.
\u5b78\u800c\u6642\u7fd2\u4e4b\uff0c\u4e0d\u4ea6\u8aaa\u4e4e\u3002 \u72d0\u72f8\u8dd1\u904e\u7530\u91ce\u3002
def run(fox, hens):  return [hen for hen in hens if hen != fox]
    if rain:    wait(10)        else:    run(fox, hens)
The mill by the water, the fox by the mill, the hen by the fox: who will run, and who will wait?""".splitlines()

TEXTS = [
    "", " ", "   ", "a", "The fox", " The fox", "The fox ", "  The   quick  fox  ", "the hen's fox, isn't it?",
    "Hello world!", "Unbelievable tokenization powers! \U0001f680", "caf\u00e9 cafe\u0301 na\u00efve \u00c5ngstr\u00f6m \ufb01ne \u2460 \u00bd \u2122 \uff21\uff22\uff23",
    "\u5b78\u800c\u6642\u7fd2\u4e4b \u72d0\u72f8 \u65e5\u672c\u8a9e \u30ab\u30bf\u30ab\u30ca \uff76\uff9e", "\u041b\u0438\u0441\u0430 \u0438 \u043a\u0443\u0440\u0438\u0446\u0430", "\U0001f98a\U0001f98a fox \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "line one\nline two\r\n\tindented", "    four spaces", "tab\there\u00a0nbsp\u3000wide\u2003em\u200bzero", "a\u0000b", "\u2581already \u2581marked\u2581",
    "<s>text</s><unk><pad>", "<sep>a<sep><sep> b <cls> c", "foo bar foobar foo_bar", "x<sep", "123 4567 89,000.5", "!!!???...",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "the the the the", "thethethe", "<0x41><0x0A>", "\u00e9\u00e9\u00e9\u4e00\u4e8c\u4e09", "\ufeffbom \ufffd replaced", "\u0301leading mark",
    "mixed \u5b78fox\u72d0 \u0416x", "END.", "  \n ", "def run(fox):\n    return fox  # done", "\u1112\u1161\u11ab \ud55c\uae00", "\u0390\u03b0 \u1e9b\u0323 \ufdfa",
]

RULES = "61\t41\n62 63\t\n64\t20\n65 0301\t45 20 45\n2D 2D\t2014\n41\t61 61\n"


def train(name, **options):
    buffer = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES * 3), model_writer=buffer, minloglevel=2, num_threads=1, hard_vocab_limit=False, **options
    )
    return name, buffer.getvalue()


def changed(name, data, change):
    proto = pb.ModelProto()
    proto.ParseFromString(data)
    change(proto)
    return name, proto.SerializeToString()


def mark_unused(proto):
    for index, piece in enumerate(proto.pieces):
        if piece.type == pb.ModelProto.SentencePiece.NORMAL and len(piece.piece) > 2 and index % 3 == 0:
            piece.type = pb.ModelProto.SentencePiece.UNUSED


def flatten_scores(proto):
    for piece in proto.pieces:
        if piece.type == pb.ModelProto.SentencePiece.NORMAL:
            piece.score = -float(len(piece.piece) // 3) - 1.5


def models():
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, "rules.tsv")
        rules.write_text(RULES)
        unigram = train("unigram, nmt_nfkc, symbols", model_type="unigram", vocab_size=260, user_defined_symbols=["<sep>", "foo", "\u5b78fox"],
                        control_symbols=["<cls>"], pad_id=3, character_coverage=0.98)
        yield unigram
        yield train("unigram, identity, byte fallback", model_type="unigram", vocab_size=480, byte_fallback=True, normalization_rule_name="identity",
                    add_dummy_prefix=False, remove_extra_whitespaces=False, split_digits=True)
        plain = train("unigram, identity", model_type="unigram", vocab_size=220, normalization_rule_name="identity", unk_surface="?", bos_id=-1, unk_id=1, eos_id=0)
        yield plain
        bpe = train("bpe, identity, byte fallback", model_type="bpe", vocab_size=600, byte_fallback=True, normalization_rule_name="identity",
                    remove_extra_whitespaces=False, allow_whitespace_only_pieces=True, split_digits=True, user_defined_symbols=["<sep>", "foo"])
        yield bpe
        yield train("bpe, own rules", model_type="bpe", vocab_size=200, normalization_rule_tsv=str(rules), character_coverage=0.985)
        yield train("bpe, spaces as suffix", model_type="bpe", vocab_size=240, treat_whitespace_as_suffix=True, normalization_rule_name="identity")
        yield train("unigram, spaces as suffix, across words", model_type="unigram", vocab_size=260, treat_whitespace_as_suffix=True, split_by_whitespace=False, normalization_rule_name="identity")
        yield train("bpe, across words", model_type="bpe", vocab_size=260, split_by_whitespace=False, normalization_rule_name="identity")
        yield train("word", model_type="word", vocab_size=90, normalization_rule_name="identity")
        yield train("char", model_type="char", vocab_size=60, normalization_rule_name="identity", user_defined_symbols=["<sep>", "foo"])
        yield changed("bpe, unused pieces", bpe[1], mark_unused)
        yield changed("unigram, unused pieces", plain[1], mark_unused)
        yield changed("bpe, equal scores", bpe[1], flatten_scores)
        yield changed("unigram, equal scores", plain[1], flatten_scores)
        yield changed("no escaping", plain[1], lambda proto: setattr(proto.normalizer_spec, "escape_whitespaces", False))


def answer(processor, text):
    found = sentencepiece_pb2.SentencePieceText.FromString(processor.encode(text, out_type="serialized_proto"))
    ids = [piece.id for piece in found.pieces]
    units = {len(text[:i].encode()): len(text[:i].encode("utf-16-le")) // 2 for i in range(len(text) + 1)}
    offsets = [[units[piece.begin], units[piece.end]] for piece in found.pieces]
    return {"text": text, "ids": ids, "offsets": offsets, "decoded": processor.decode(ids)}


def random_ids(size, seed):
    state = seed
    ids = []
    for _ in range(24):
        state = (state * 1103515245 + 12345) % 2**31
        ids.append(state // 65536 % size)
    return ids


def case(name, data):
    processor = spm.SentencePieceProcessor(model_proto=data)
    size = processor.get_piece_size()
    lists = [random_ids(size, seed) for seed in range(12)] + [[i % size for i in range(start, start + 12)] for start in (0, 3, 60, 190, 230)]
    if "byte" in name:
        byte = processor.piece_to_id("<0x00>")
        lists += [[byte + b for b in bytes_] for bytes_ in (b"\xe2\x96\x81", b"\xf0\x9f\x98", b"\xff\xe2\x82\xac\xc0", b"a\x80b", b"\xed\xa0\x80")]
    return {
        "name": name,
        "model": base64.b64encode(gzip.compress(data, 9, mtime=0)).decode(),
        "pieces": size,
        "special": {"bos": processor.bos_id(), "eos": processor.eos_id(), "pad": processor.pad_id(), "unknown": processor.unk_id()},
        "answers": [answer(processor, text) for text in TEXTS],
        "decodings": [{"ids": ids, "text": processor.decode(ids)} for ids in lists],
    }


cases = [case(name, data) for name, data in models()]
text = json.dumps({"sentencepiece": spm.__version__, "cases": cases}, separators=(",", ":"))
Path(sys.argv[1], "sentencepiece.json").write_text(text.replace('{"name"', '\n{"name"').replace('{"text"', '\n{"text"') + "\n")
