import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';
import { trainBpe } from '../src/training/train-bpe';
import type { TrainedBpe } from '../src/training/trained-bpe';

/**
 * A vocabulary of 4,096 tokens from 4 MB of text: this package's trainer against Hugging Face's (Rust, one thread),
 * through the Python package `tokenizers` of the interpreter named by PYTHON (else `python3`). Interleaved rounds,
 * medians; the reading of the file is not counted. A first argument changes the number of rounds.
 */
const rounds = Number(argv[2] ?? 5);
const vocabSize = 4096;
const size = 4_000_000;
const python = env.PYTHON ?? 'python3';
console.log(machineLine());

const { name, text } = corpus();
const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
console.log(`corpus ${name}, ${Buffer.byteLength(text)} bytes, ${lines.length} lines, ${vocabSize} tokens`);

const folder = mkdtempSync(join(tmpdir(), 'bench-bpe-'));
const corpusPath = join(folder, 'corpus.txt');
const modelPath = join(folder, 'tokenizer.json');
writeFileSync(corpusPath, text);

const own: number[] = [];
const peer: number[] = [];
let trained: TrainedBpe | undefined;
let version = '';
try {
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    trained = await trainBpe(lines, { vocabSize });
    own.push((performance.now() - start) / 1000);
    const answer = runPeer();
    if (answer !== undefined) {
      peer.push(answer.seconds);
      version = answer.version;
    }
  }
  figure('bpe-train', median(own), 's');
  figure('bpe-train-first', own[0]!, 's');
  if (peer.length === 0) {
    console.log(
      `peer absent: ${python} has no package tokenizers (name an interpreter that has it in PYTHON)`,
    );
  } else {
    console.log(`peer tokenizers ${version} (Rust, one thread, through Python)`);
    figure('bpe-train-peer', median(peer), 's');
    figure('bpe-train-ratio', median(own) / median(peer), '(at most 1.5)');
    const model = JSON.parse(readFileSync(modelPath, 'utf8')).model as {
      merges: ([string, string] | string)[];
    };
    const theirs = model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' ')));
    const ours = trained!.merges.map((merge) => merge.join(' '));
    const same = ours.filter((merge, rank) => merge === theirs[rank]).length;
    figure('bpe-merges', theirs.length, 'merges');
    figure('bpe-merges-identical', same, 'merges');
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** The shared texts, or, where they are absent, words made by rule. */
function corpus(): { name: string; text: string } {
  const shared = fileURLToPath(new URL('../../../../shared/data/corpora/', import.meta.url));
  const names = ['tinyshakespeare.txt', 'wikitext-2-raw.test.txt', 'tinystories-2mib.txt'];
  const paths = names.map((file) => join(shared, file));
  if (paths.every((path) => existsSync(path))) {
    const all = Buffer.concat(paths.map((path) => readFileSync(path)));
    return { name: names.join(' + '), text: all.toString('utf8', 0, size).replace(/\ufffd+$/, '') };
  }
  let state = 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const syllables = Array.from({ length: 300 }, () =>
    Array.from({ length: 2 + next(2) }, (_, i) =>
      (i % 2 ? 'aeiouy' : 'bcdfghklmnprstvw').charAt(next(6)),
    ).join(''),
  );
  const words = Array.from({ length: 30_000 }, () =>
    Array.from({ length: 1 + next(4) }, () => syllables[next(syllables.length)]!).join(''),
  );
  const parts: string[] = [];
  for (let length = 0; length < size; ) {
    // Zipf's law, roughly: the rank falls off like a power.
    const word = words[Math.floor(words.length ** (next(1e6) / 1e6)) - 1]!;
    parts.push(word, next(12) === 0 ? '.\n' : ' ');
    length += word.length + 1;
  }
  return { name: 'made by rule', text: parts.join('') };
}

function runPeer(): { seconds: number; version: string } | undefined {
  const program = `
import json, sys, time
import tokenizers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
lines = [line for line in open(sys.argv[1], encoding="utf8", newline="\\n")]
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
trainer = trainers.BpeTrainer(vocab_size=int(sys.argv[3]), show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
start = time.perf_counter()
tokenizer.train_from_iterator(lines, trainer)
seconds = time.perf_counter() - start
tokenizer.save(sys.argv[2])
print(json.dumps({"seconds": seconds, "version": tokenizers.__version__}))
`;
  const { status, stdout } = spawnSync(python, ['-c', program, corpusPath, modelPath, String(vocabSize)], {
    encoding: 'utf8',
    env: { ...env, RAYON_NUM_THREADS: '1', TOKENIZERS_PARALLELISM: 'false' },
  });
  return status === 0 ? (JSON.parse(stdout) as { seconds: number; version: string }) : undefined;
}
