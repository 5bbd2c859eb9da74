import { arch, cpus, platform } from 'node:os';
import type { LogitsProcessor, ProcessorContext } from '@nexttoken/model';
import { createRandom, descendingIndices, softmax, topIndices } from '@nexttoken/numeric';
import {
  categorical,
  greedy,
  huggingFacePreset,
  minP,
  repetitionPenalty,
  temperature,
  topK,
  topP,
  typicalP,
} from '../src/index';

const vocabSize = 151_936;
const rounds = 31;

const random = createRandom(1);

/** Logits as a language model gives them: a normal bulk (σ = 2) and a few dozen tokens far above it. */
function modelLikeRow(): Float32Array {
  const row = new Float32Array(vocabSize);
  for (let id = 0; id < vocabSize; id++) {
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    row[id] = 2 * normal + (random.next() < 3e-4 ? 10 * random.next() : 0);
  }
  return row;
}

const row = modelLikeRow();
const flatRow = Float32Array.from(row, (score) => score / 200);
const ids = Int32Array.from({ length: 1024 }, () => Math.floor(random.next() * vocabSize));
const context: ProcessorContext = { ids, promptLength: ids.length, row: 0, batchItem: 0 };
const scores = new Float32Array(vocabSize);
const probabilities = new Float32Array(vocabSize);
const order = new Int32Array(vocabSize);

function processing(processor: LogitsProcessor, input = row): () => void {
  const state = processor.initialState?.();
  return () => {
    scores.set(input);
    processor.process(scores, context, state);
  };
}

const sampler = { random, row: 0 };
const tasks: Record<string, () => void> = {
  'copy-row': () => scores.set(row),
  softmax: () => void softmax(row, probabilities),
  'top-indices-50': () => void topIndices(row, 50),
  'descending-indices': () => void descendingIndices(row, order),
  temperature: processing(temperature(0.7)),
  'top-k-50': processing(topK(50)),
  'top-p-0.9': processing(topP(0.9)),
  'top-p-0.9-flat-row': processing(topP(0.9), flatRow),
  'min-p-0.05': processing(minP(0.05)),
  'typical-p-0.9': processing(typicalP(0.9)),
  'repetition-penalty-1024-ids': processing(repetitionPenalty(1.1)),
  'chain-temperature-top-k-top-p': processing(huggingFacePreset({ temperature: 0.7, topK: 50, topP: 0.9 })),
  'chain-temperature-top-p-min-p': processing(huggingFacePreset({ temperature: 0.7, topP: 0.9, minP: 0.05 })),
  greedy: () => void greedy().sample(row, sampler, undefined),
  categorical: () => void categorical().sample(row, sampler, undefined),
};

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

console.log(
  `machine ${platform()} ${arch()}, ${cpus().length} x ${cpus()[0]?.model.trim()}, node ${process.version}`,
);
console.log(`vocabulary ${vocabSize}, ${rounds} interleaved rounds, medians`);
const times = new Map(Object.keys(tasks).map((name) => [name, [] as number[]]));
for (let round = -3; round < rounds; round++) {
  for (const [name, task] of Object.entries(tasks)) {
    const start = performance.now();
    task();
    const elapsed = performance.now() - start;
    if (round >= 0) times.get(name)!.push(elapsed);
  }
}
for (const [name, measured] of times) console.log(`figure ${name} ${median(measured).toFixed(3)} ms`);
