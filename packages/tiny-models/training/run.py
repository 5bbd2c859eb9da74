"""Makes both models from the corpora, from start to end; a run that was stopped goes on where it was.

    python run.py --data ../../../../shared/data/corpora --teacher ../../../../shared/data/models/smollm2-135m-instruct

Steps: corpus → tokenizer → teacher → base → tales (with stories of our own generator) → tales-chat → measurements → model cards.
Each step leaves its result in --out; delete a result to make it again.
"""
import argparse
import json
import os
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

import batches
import card
import chat
import corpus
import dialogues
import evaluate
import facts
import model
import spelling
import stories
import teacher
import tokenizer as vocabulary
import train
import workers

PACKAGE = Path(__file__).resolve().parent.parent
BASE = dict(seed=7, minutes=75, epochs=60, muon_lr=0.02, adam_lr=3e-3, weight_decay=0.1, dropout=0.0, area=4096, warm=0.01,
            decay_from=0.67, teaching=0.7, late_power=1.25, average=0.99, note_seconds=150, replay=2.0, late_replay=1.0)
STORIES = dict(BASE, seed=9, minutes=45, muon_lr=0.012, adam_lr=1.8e-3, warm=0.03, decay_from=0.4, own=5000, sharp=1.15, spelling=12, spelling_from=0.7, spelling_to=0.85,
               teaching=0.6, late_power=1, average=0.97, note_seconds=90, replay=1.0)
CHAT = dict(seed=8, minutes=6.5, epochs=8, muon_lr=0.008, adam_lr=1.2e-3, weight_decay=0.05, dropout=0.0, area=4096, warm=0.02,
            decay_from=0.2, teaching=0.6, late_power=1, average=0.97, note_seconds=90, replay=0.3, late_replay=0.3)
CONVERSATIONS = 12000


def prepare(a) -> tuple[dict, Tokenizer]:
    """The corpus and the vocabulary."""
    file = a.out / "corpus.json"
    if not file.exists():
        file.write_text(json.dumps(corpus.load(a.data)))
    texts = json.loads(file.read_text())
    if not (a.out / "tok" / "tokenizer.json").exists():
        read = texts["train"] + facts.documents(4000, 11) + dialogues.documents(800, 12)
        made = vocabulary.train(read)
        vocabulary.save(made, a.out / "tok", chat=False)
        counts = "".join(f"{word}\t{count}\n" for word, count in vocabulary.word_counts(made, read))
        (PACKAGE / "testdata").mkdir(exist_ok=True)
        (PACKAGE / "testdata" / "tokenizer-words.tsv").write_text(counts, encoding="utf-8")
    return texts, Tokenizer.from_file(str(a.out / "tok" / "tokenizer.json"))


def story_documents(a, texts: dict, made: Tokenizer) -> list[batches.Document]:
    """The stories, with the teacher's labels where there are any."""
    if not (a.teacher and (a.out / "teacher" / "vocabulary.npy").exists()):
        return batches.plain(made, texts["train"])
    words, labels = teacher.read_labels(a.out / "teacher")
    return batches.soften(made, texts["train"], labels, words, Tokenizer.from_file(str(a.teacher / "tokenizer.json")))


def speller(texts: dict, made: Tokenizer) -> spelling.Speller:
    """Knows the words of the stories and of the generators."""
    return spelling.Speller(made, texts["train"] + facts.documents(4000, 11) + dialogues.documents(800, 12) + stories.documents(5000, 13))


def weights(a, step: str) -> dict:
    """The averaged weights that a step left."""
    return torch.load(a.out / step / "checkpoint.pt", map_location="cpu", weights_only=False)["average"]


def train_base(a) -> None:
    """Stories with the teacher's labels, facts and dialogues. Runs in every worker, as the next ones do."""
    texts, made = prepare(a)
    train.train(a.out / "main", made, story_documents(a, texts, made), texts["validation"], {**BASE, "minutes": a.minutes})


def train_stories(a) -> None:
    """`tales`: goes on with stories of our own generator among the others, later with a loss on what cannot be a word."""
    texts, made = prepare(a)
    options = {**STORIES, "minutes": a.story_minutes, "start": weights(a, "main")}
    average = train.train(a.out / "stories", made, story_documents(a, texts, made), texts["validation"], options, speller(texts, made))
    finish(a, "tales", average, made, vocabulary.END_OF_TEXT)


def train_chat(a) -> None:
    """`tales-chat`: goes on from `tales` with conversations, and some stories against forgetting."""
    texts, made = prepare(a)
    told = stories.documents(5000, 14)
    talks = chat.conversations(made, told[:4000], CONVERSATIONS, CHAT["seed"])
    tales = story_documents(a, texts, made)
    kept = random.Random(8).sample(tales, len(tales) // 3) + batches.plain(made, told[4000:])
    options = {**CHAT, "minutes": a.chat_minutes, "start": weights(a, "stories")}
    average = train.train(a.out / "chat", made, talks + kept, texts["validation"], options)
    finish(a, "tales-chat", average, made, vocabulary.IM_END)


def step(a, name: str, function) -> None:
    """Runs one training in all workers, unless it was done before."""
    if not (a.out / f"{name}.done").exists():
        workers.run(function, (a,), a.workers)
        (a.out / f"{name}.done").touch()


def finish(a, name: str, average, made: Tokenizer, end: int) -> None:
    """Writes a model folder (the first worker only)."""
    if workers.place()[0] == 0:
        folder = a.models / name
        vocabulary.save(made, folder, chat=name == "tales-chat")
        model.export(average, model.Shape(), folder, end)


def main() -> None:
    """Parses the options and runs the steps that are not done."""
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    p.add_argument("--teacher", type=Path, help="folder of SmolLM2-135M-Instruct; left out: no soft labels, no comparison")
    p.add_argument("--stories260k", type=Path, help="folder of stories260k, to compare with")
    p.add_argument("--out", type=Path, default=Path("runs"), help="checkpoints and logs")
    p.add_argument("--models", type=Path, default=PACKAGE / "models", help="where the model folders go")
    p.add_argument("--minutes", type=float, default=BASE["minutes"], help="training time of the first step of tales")
    p.add_argument("--story-minutes", type=float, default=STORIES["minutes"], help="training time of its second step")
    p.add_argument("--chat-minutes", type=float, default=CHAT["minutes"], help="training time of tales-chat")
    p.add_argument("--workers", type=int, default=2, help="processes, one per core; a GPU needs one")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    texts, _ = prepare(a)
    if a.teacher and not (a.out / "teacher.done").exists():
        torch.set_num_threads(a.workers)
        teacher.label(random.Random(1).sample(texts["train"], len(texts["train"])), a.teacher, a.out / "teacher")
        (a.out / "teacher.done").touch()
    step(a, "main", train_base)
    step(a, "tales", train_stories)
    step(a, "tales-chat", train_chat)
    card.write(a, texts, PACKAGE, {"main": BASE, "stories": STORIES, "chat": CHAT})


if __name__ == "__main__":
    main()
