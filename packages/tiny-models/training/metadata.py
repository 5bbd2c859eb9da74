"""Writes src/models.generated.ts from the model folders: sizes and SHA-256 of every file."""
import hashlib
import json
from pathlib import Path

FILES = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]
DESCRIPTIONS = {
    "tales": "A base model that continues simple stories and knows a few facts.",
    "tales-chat": "The same model, tuned on ChatML conversations: it answers simple questions and stops.",
}


def parameters(file: Path) -> int:
    """Number of weights in a safetensors file."""
    with file.open("rb") as stream:
        header = json.loads(stream.read(int.from_bytes(stream.read(8), "little")))
    total = 0
    for name, tensor in header.items():
        if name != "__metadata__":
            size = 1
            for n in tensor["shape"]:
                size *= n
            total += size
    return total


def describe(folder: Path) -> dict:
    """The TinyModel record of a folder."""
    config = json.loads((folder / "config.json").read_text())
    content = {name: (folder / name).read_bytes() for name in FILES}
    return {
        "name": folder.name,
        "description": DESCRIPTIONS[folder.name],
        "chat": folder.name.endswith("-chat"),
        "parameters": parameters(folder / "model.safetensors"),
        "vocabularySize": config["vocab_size"],
        "contextLength": config["max_position_embeddings"],
        "dtype": "float16",
        "licence": "MIT",
        "files": {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in content.items()},
    }


def write(models: Path, file: Path) -> None:
    """Replaces the generated module."""
    records = {name: describe(models / name) for name in DESCRIPTIONS if (models / name / "model.safetensors").exists()}
    body = json.dumps(records, indent=2)
    text = (
        "// Written by training/metadata.py. Do not edit.\n"
        "import type { TinyModel, TinyModelName } from './types.js';\n\n"
        f"export const models: Readonly<Record<TinyModelName, TinyModel>> = {body};\n"
    )
    temporary = file.with_suffix(".tmp")
    temporary.write_text(text)
    temporary.rename(file)


if __name__ == "__main__":
    package = Path(__file__).resolve().parent.parent
    write(package / "models", package / "src" / "models.generated.ts")
