import type { LogitsProcessor, SampleResult, Sampler } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';
import {
  type CompileOptions,
  categorical,
  chain,
  compile,
  minP,
  repetitionPenalty,
  temperature,
  topK,
  topP,
  traceChain,
  typicalP,
} from '../src/index';
import { simdKernel } from '../src/simd/simd-kernel';
import { maximumScan, maximumScanInChunks } from './maximum-scan';
import { peerStep } from './peer';
import { benchmarkRows, vocabSize } from './rows';

// Time of a sampling step at V = 151 936 on three rows: the floor (one scan for the maximum), our compiled chains
// with a draw and in place, the same chains uncompiled, and what transformers.js has of them. Interleaved rounds, medians.
// Putting a row back that a task changes is not timed, for nobody. Environment: ROUNDS.
const rounds = Number(process.env.ROUNDS ?? 60);
const warmUp = 25;
/** The peer's pass over the whole vocabulary takes as long as everything else together: it runs in every fifth round. */
const slowEvery = 5;

const ids = Int32Array.from({ length: 1024 }, (_, i) => (i * 7919) % vocabSize);
const context = { ids, promptLength: ids.length, row: 0, batchItem: 0, random: createRandom(2) };
const sampler: Sampler = categorical();

const chains: Readonly<Record<string, LogitsProcessor>> = {
  a: chain(repetitionPenalty(1.1), temperature(0.8), topK(50), topP(0.9), minP(0.05)),
  b: chain(temperature(0.8), topP(0.9)),
  b_temperature_1: chain(topP(0.9)),
  c: chain(typicalP(0.9)),
  d: chain(minP(0.05)),
};

const kernel = simdKernel();
/** Chains whose stages have a use for the kernel, and (c), which has none. */
const withKernel = ['b', 'b_temperature_1', 'c'];

interface Task {
  /** Not timed. */
  readonly reset?: () => void;
  readonly run: () => unknown;
  readonly isSlow?: boolean;
}

function drawing(processor: LogitsProcessor, row: Float32Array, options: CompileOptions = {}): Task {
  const step = compile(processor, sampler, options);
  const state = step.initialState();
  return { run: () => step.choose(row, context, state) };
}

function inPlace(processor: LogitsProcessor, row: Float32Array, draws: boolean): Task {
  const scores = row.slice();
  const state = processor.initialState?.();
  return {
    reset: () => scores.set(row),
    run: (): SampleResult | undefined => {
      processor.process(scores, context, state);
      return draws ? sampler.sample(scores, context, undefined) : undefined;
    },
  };
}

const tracedChain = chain(
  repetitionPenalty(1.1),
  temperature(0.8),
  topK(50),
  topP(0.9),
  minP(0.05),
  typicalP(0.9),
);
const rows = benchmarkRows();
const tasks = new Map<string, Task>();
for (const [name, row] of rows) {
  tasks.set(`${name}_floor`, { run: () => maximumScan(row) });
  tasks.set(`${name}_floor_in_chunks`, { run: () => maximumScanInChunks(row) });
  for (const [letter, processor] of Object.entries(chains)) {
    tasks.set(`${name}_${letter}_draw`, drawing(processor, row));
    if (withKernel.includes(letter)) {
      tasks.set(`${name}_${letter}_draw_kernel`, drawing(processor, row, { kernel }));
    }
    tasks.set(`${name}_${letter}_in_place`, inPlace(compile(processor), row, false));
    tasks.set(`${name}_${letter}_plain_draw`, inPlace(processor, row, true));
  }
  tasks.set(`${name}_trace`, { run: () => traceChain(tracedChain, row, context) });
  const withTopK = await peerStep(row, ids, { repetitionPenalty: 1.1, temperature: 0.8, topK: 50 });
  tasks.set(`${name}_transformers_js_top_k`, withTopK);
  const without = await peerStep(row, ids, { repetitionPenalty: 1, temperature: 0.8, topK: 0 });
  tasks.set(`${name}_transformers_js_without_top_k`, { ...without, isSlow: true });
}

const times = new Map<string, number[]>([...tasks.keys()].map((name) => [name, []]));
for (let round = -warmUp; round < rounds; round++) {
  for (const [name, { reset, run, isSlow }] of tasks) {
    if (isSlow && round % slowEvery !== 0) continue;
    reset?.();
    const start = performance.now();
    const outcome = run();
    if (outcome instanceof Promise) await outcome;
    const elapsed = performance.now() - start;
    if (round >= 0) times.get(name)!.push(elapsed);
  }
}

const medianOf = (name: string) => median(times.get(name)!);
const targets: Readonly<Record<string, number>> = { a: 3, b: 8, c: 15, d: 4 };

console.log(machineLine());
console.log(`vocabulary ${vocabSize}, ${rounds} interleaved rounds behind ${warmUp} to warm up, medians`);
console.log('a: repetition penalty 1.1 over 1024 ids, temperature 0.8, top-k 50, top-p 0.9, min-p 0.05');
console.log(
  'b: temperature 0.8, top-p 0.9; c: typical-p 0.9; d: min-p 0.05; each with a draw unless in_place;',
  'kernel: compiled with the WebAssembly SIMD kernel, which (b) alone has a use for',
);
console.log(
  'transformers_js_top_k: its repetition penalty, temperature, and sampler with top_k 50 (no top-p, no min-p)',
);
console.log(
  'transformers_js_without_top_k: its temperature, and its sampler over the whole vocabulary (no top-p)',
);
for (const name of rows.keys()) {
  for (const task of tasks.keys()) if (task.startsWith(`${name}_`)) figure(task, medianOf(task), 'ms');
  // Which of two forms of one scan is faster differs from process to process: the floor is the faster one.
  const floor = Math.min(medianOf(`${name}_floor`), medianOf(`${name}_floor_in_chunks`));
  for (const letter of Object.keys(chains)) {
    const target = targets[letter];
    const ratio = medianOf(`${name}_${letter}_draw`) / floor;
    figure(
      `${name}_${letter}_draw_to_floor`,
      ratio,
      '×',
      target === undefined ? '' : ` (target <= ${target})`,
    );
    if (withKernel.includes(letter)) {
      const kernelRatio = medianOf(`${name}_${letter}_draw_kernel`) / floor;
      figure(
        `${name}_${letter}_draw_kernel_to_floor`,
        kernelRatio,
        '×',
        target === undefined ? '' : ` (target <= ${target})`,
      );
    }
    figure(`${name}_${letter}_in_place_to_floor`, medianOf(`${name}_${letter}_in_place`) / floor, '×');
    figure(
      `${name}_${letter}_plain_to_compiled`,
      medianOf(`${name}_${letter}_plain_draw`) / medianOf(`${name}_${letter}_draw`),
      '×',
    );
  }
  const withTopK = medianOf(`${name}_transformers_js_top_k`) / medianOf(`${name}_a_draw`);
  figure(`${name}_transformers_js_to_a`, withTopK, '×', ' (target >= 3)');
  const without = medianOf(`${name}_transformers_js_without_top_k`) / medianOf(`${name}_b_draw`);
  figure(`${name}_transformers_js_to_b`, without, '×', ' (target >= 40)');
  const kernelRatio = medianOf(`${name}_transformers_js_without_top_k`) / medianOf(`${name}_b_draw_kernel`);
  figure(`${name}_transformers_js_to_b_kernel`, kernelRatio, '×', ' (target >= 40)');
}
