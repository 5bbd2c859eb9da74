import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ExportOptions, exportVersion } from '@nexttoken/onnx-export';
import { figure, machineLine } from '@nexttoken/workspace/bench';
import { loadTokenizer } from '../src/index';
import { compareEngines } from './backends/compare-engines';
import type { Engine } from './backends/engine';
import { writeModel } from './backends/engine-files';
import { pageEngines } from './backends/page-engine';
import { overheadInProcess, processEngine } from './backends/process-engine';

// Ours against transformers.js on the same weights, on every device: time to the first token, tokens a second after it
// (greedy, and sampled at temperature 0.7 among the 50 best), processor time a token, and the peak of each one's process.
//
//   cpu       Node; SmolLM2-135M in float32 and int4, contexts of 128, 1,024 and 2,048 tokens
//   wasm      headless Chromium, one page an engine; the same in the formats that are quick there: int8 and float32
//   webgpu    the same browser; stories260k and tales, computed in software, or with GPU=1 SmolLM2 on the machine's GPU
//   overhead  what a step costs outside `session.run`, on cpu
//
// `npm run bench:backends -- cpu wasm` measures these parts; without names all. Environment: WEIGHTS (fp32, q4, int8),
// CONTEXTS, ROUNDS, NEW_TOKENS, PREFILLS (how often the prompt is read), THREADS, PEERS (standard: the operators that optimum exports; standard-fused:
// with GroupQueryAttention), and BENCH_FOLDER, where written models stay for the next run. One weight format and one
// context take less than four minutes: WEIGHTS=int8 CONTEXTS=2048 npm run bench:backends -- wasm
const list = (name: string, fallback: string) => (process.env[name] ?? fallback).split(',').filter(Boolean);
const number = (name: string, fallback: number) => Number(process.env[name] ?? fallback);
const asked = process.argv.slice(2);
const parts = asked.length > 0 ? asked : ['cpu', 'overhead', 'wasm', 'webgpu'];
const contexts = list('CONTEXTS', '128,1024,2048').map(Number);
const newTokens = number('NEW_TOKENS', 17);
const threads = process.env.THREADS === undefined ? undefined : Number(process.env.THREADS);

const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const smollm2 = join(shared, 'models/smollm2-135m-instruct');
const folder = process.env.BENCH_FOLDER ?? (await mkdtemp(join(tmpdir(), 'nexttoken-bench-')));
const written = (name: string) => join(folder, `${name}-${exportVersion}`);

const settings: Readonly<Record<string, ExportOptions>> = {
  fp32: { dtype: 'fp32' },
  q4: { dtype: 'q4', precision: 'fast' },
  int8: { dtype: 'int8' },
};

function settingsOf(weights: string): ExportOptions {
  const known = settings[weights];
  if (!known) throw new Error(`WEIGHTS: ${weights} is none of ${Object.keys(settings).join(', ')}`);
  return known;
}

async function prompts(): Promise<readonly number[]> {
  const { tokenizer } = await loadTokenizer(smollm2);
  const corpus = readFileSync(join(shared, 'corpora/tinyshakespeare.txt'), 'utf8').slice(0, 20_000);
  return [...tokenizer.encode(corpus, { addSpecialTokens: false }).ids];
}

async function compared(
  device: 'cpu' | 'wasm',
  weights: string,
  open: (name: string, model: Awaited<ReturnType<typeof writeModel>>) => Promise<Engine>,
): Promise<void> {
  const exportOptions = settingsOf(weights);
  const ids = await prompts();
  const engines = [
    await open('ours', await writeModel(smollm2, written(`ours-${weights}`), 'ours', exportOptions)),
  ];
  for (const layout of list('PEERS', device === 'cpu' ? 'standard-fused' : 'standard')) {
    const options = { ...exportOptions, layout } as ExportOptions;
    const model = await writeModel(smollm2, written(`${layout}-${weights}`), 'transformers.js', options);
    engines.push(await open(`transformers_js_${layout.replace('-', '_')}`, model));
  }
  for (const { name, description } of engines) console.log(`${device} ${weights} ${name}: ${description}`);
  for (const length of contexts)
    await compareEngines(engines, {
      prefix: `${device}_${weights}_${length}`,
      prompt: ids.slice(0, length),
      newTokens,
      rounds: number('ROUNDS', 5),
      prefills: number('PREFILLS', length <= (device === 'cpu' ? 1024 : 128) ? 3 : 1),
    });
  for (const engine of engines) await engine.close();
}

async function onCpu(): Promise<void> {
  for (const weights of list('WEIGHTS', 'fp32,q4'))
    await compared('cpu', weights, (name, { folder: place, ...model }) =>
      processEngine(name, { ...model, place, device: 'cpu', threads }),
    );
}

async function onWasm(): Promise<void> {
  const pages = await pageEngines({ webgpu: false });
  if (!pages) return console.log('left out: wasm (there is no Chromium here; set CHROMIUM_PATH)');
  console.log(`wasm in ${pages.version}`);
  for (const weights of list('WEIGHTS', 'int8,fp32'))
    await compared('wasm', weights, (name, model) => pages.open(name, model, { device: 'wasm', threads }));
  await pages.close();
}

async function onWebGpu(): Promise<void> {
  const isHardware = process.env.GPU === '1';
  const pages = await pageEngines({
    webgpu: isHardware ? 'hardware' : 'software',
  });
  if (!pages) return console.log('left out: webgpu (there is no Chromium here; set CHROMIUM_PATH)');
  console.log(
    `webgpu in ${pages.version}, ${isHardware ? 'on the GPU' : 'computed in software: it says nothing about GPUs'}`,
  );
  const models: Readonly<Record<string, string>> = isHardware
    ? { smollm2 }
    : {
        stories260k: join(shared, 'models/stories260k'),
        tales: fileURLToPath(new URL('../../tiny-models/models/tales/', import.meta.url)),
      };
  const lengths = isHardware ? contexts : list('GPU_CONTEXTS', '32,256').map(Number);
  for (const [name, source] of Object.entries(models)) {
    const engines: Engine[] = [];
    for (const [engine, layout] of [
      ['ours', 'caller-cache'],
      ['transformers.js', list('PEERS', 'standard')[0]],
    ] as const) {
      const model = await writeModel(source, written(`${name}-${layout}`), engine, {
        layout,
      } as ExportOptions);
      const called = engine === 'ours' ? 'ours' : 'transformers_js';
      engines.push({ ...(await pages.open(`${name}-${called}`, model, { device: 'webgpu' })), name: called });
    }
    for (const each of engines) console.log(`webgpu ${name} ${each.name}: ${each.description}`);
    for (const length of lengths)
      await compareEngines(engines, {
        prefix: `webgpu_${name}_${length}`,
        prompt: Array.from({ length }, (_, i) => 3 + ((i * 37) % 300)),
        newTokens,
        rounds: number('ROUNDS', 3),
        prefills: number('PREFILLS', 3),
      });
    for (const each of engines) await each.close();
  }
  await pages.close();
}

async function overhead(): Promise<void> {
  const ids = await prompts();
  for (const weights of list('WEIGHTS', 'fp32,q4')) {
    const model = await writeModel(smollm2, written(`ours-${weights}`), 'ours', settingsOf(weights));
    for (const length of contexts) {
      const share = await overheadInProcess({ model, prompt: ids.slice(0, length), newTokens });
      figure(`overhead_${weights}_${length}`, share * 100, '% of session.run');
    }
  }
}

console.log(machineLine());
const all = { cpu: onCpu, wasm: onWasm, webgpu: onWebGpu, overhead };
for (const part of parts) {
  const run = all[part as keyof typeof all];
  if (!run) throw new Error(`${part} is none of ${Object.keys(all).join(', ')}`);
  if (existsSync(smollm2)) await run();
  else console.log(`left out: ${part} (the shared weights are not here)`);
}
if (process.env.BENCH_FOLDER === undefined) await rm(folder, { recursive: true, force: true });
process.exit(0);
