"""Everything the model cards report, measured once and kept in results.json."""
import json
from pathlib import Path

from tokenizers import Tokenizer

import evaluate
import teacher
from ngram import KneserNey


def baselines(a, texts: dict, made: Tokenizer) -> dict:
    """Bits per byte of the others on the test stories; kept in baselines.json."""
    file = a.out / "baselines.json"
    found = json.loads(file.read_text()) if file.exists() else {}
    if "n-gram" not in found:
        documents = [e.ids for e in made.encode_batch(texts["train"])]
        found["n-gram"] = KneserNey(documents, 4, made.get_vocab_size()).bits_per_byte(made, texts["test"])
    if a.stories260k and "stories260k" not in found:
        found["stories260k"] = evaluate.bits_per_byte(*evaluate.load(a.stories260k), texts["test"], 1)
    if a.teacher and "SmolLM2-135M-Instruct" not in found:
        tokenizer, model = teacher.load_teacher(a.teacher)
        found["SmolLM2-135M-Instruct"] = evaluate.bits_per_byte(tokenizer, model.cpu(), texts["test"], None)
    file.write_text(json.dumps(found, indent=1))
    return found


def measure(a, texts: dict, package: Path) -> dict:
    """Facts, bits per byte, samples and answers of both models; writes the reference logits too."""
    made = Tokenizer.from_file(str(a.out / "tok" / "tokenizer.json"))
    base, chat = (evaluate.load(a.models / name) for name in ("tales", "tales-chat"))
    evaluate.write_reference({"tales": base, "tales-chat": chat}, package / "testdata" / "reference-logits.json")
    results = {
        "bits": {"tales": evaluate.bits_per_byte(*base, texts["test"], 0), "tales-chat": evaluate.bits_per_byte(*chat, texts["test"], 0),
                 **baselines(a, texts, made)},
        "bare": evaluate.bits_per_byte(*base, texts["test"], None),
        "facts": evaluate.facts(*base),
        "samples": {seed: evaluate.sample(*base, "Once upon a time", 100, 0.8, seed) for seed in evaluate.SEEDS},
        "answers": evaluate.answers(*chat),
        "chat story": evaluate.sample(*chat, chat[0].apply_chat_template(
            [{"role": "user", "content": "Tell me a story about a cat."}], tokenize=False, add_generation_prompt=True), 160, 0.7, 1),
    }
    (a.out / "results.json").write_text(json.dumps(results, indent=1))
    return results


def labelled(a) -> dict:
    """Soft labels by story."""
    return teacher.read_labels(a.out / "teacher")[1] if a.teacher and (a.out / "teacher" / "vocabulary.npy").exists() else {}
