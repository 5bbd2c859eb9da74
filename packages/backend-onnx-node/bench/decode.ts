import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutoTokenizer } from '@huggingface/transformers';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';
import type { DecodeEngine, Timing } from './decode-engines';
import { engineInProcess } from './decode-process';
import { peerLayouts, smollm2File, smollm2Folder, writeOwnSmollm2, writePeerSmollm2 } from './open-smollm2';

// Decoding speed of SmolLM2-135M after prompts of several lengths. In float32: ours against transformers.js on the same
// weights in the standard layout, in standard operators as optimum exports them and with fused attention. In int4 (the
// GGUF file's own blocks): ours exact and fast, against transformers.js on the file that we export for it and llama.cpp
// on the GGUF file itself. tok/s counts the tokens after the first, so prefill is apart. Every engine runs once before
// it is timed: the first call of a process also reads its code and touches its memory for the first time. Each has a
// process of its own, and every round begins with another one.
// Environment: CONTEXTS, ROUNDS, NEW_TOKENS, WEIGHTS (fp32, q4), PEERS (standard, standard-fused), PEER_PRECISIONS (of
// the int4 files that we export for them: fast, exact; the export command's own default is exact), and
// NODE_LLAMA_CPP, path of node-llama-cpp's main module (`dist/index.js`): without it llama.cpp is left out.
const list = (name: string, fallback: string) => (process.env[name] ?? fallback).split(',');
const contexts = list('CONTEXTS', '128,1024,2048').map(Number);
const rounds = Number(process.env.ROUNDS ?? 3);
const newTokens = Number(process.env.NEW_TOKENS ?? 65);
const peerPrecisions = (['fast', 'exact'] as const).filter((name) =>
  list('PEER_PRECISIONS', 'fast').includes(name),
);
const layouts = peerLayouts.filter((layout) => list('PEERS', peerLayouts.join()).includes(layout));

if (!existsSync(smollm2File)) {
  console.log('skipped: the shared SmolLM2 weights are not here');
  process.exit(0);
}
console.log(machineLine());
const place = await mkdtemp(join(tmpdir(), 'nexttoken-bench-'));

async function ours(name: string, options: Parameters<typeof writeOwnSmollm2>[1]): Promise<DecodeEngine> {
  return engineInProcess(name, {
    kind: 'ours',
    options: await writeOwnSmollm2(join(place, name), options),
  });
}

async function peers(dtype: 'fp32' | 'q4'): Promise<DecodeEngine[]> {
  const opened: DecodeEngine[] = [];
  const precisions = dtype === 'q4' ? peerPrecisions : (['exact'] as const);
  for (const layout of layouts)
    for (const precision of precisions) {
      const folder = `${dtype}-${layout}-${precision}`;
      await writePeerSmollm2(join(place, folder), { layout, dtype, precision });
      const suffix = dtype === 'q4' ? `_${precision}` : '';
      const name = `transformers_js_${layout.replace('-', '_')}${suffix}`;
      opened.push(await engineInProcess(name, { kind: 'transformers.js', place, folder }));
    }
  return opened;
}

async function engines(weights: string): Promise<{ own: DecodeEngine[]; others: DecodeEngine[] }> {
  if (weights === 'fp32') return { own: [await ours('ours', {})], others: await peers('fp32') };
  const own = [
    await ours('ours_fast', { dtype: 'q4', precision: 'fast' }),
    await ours('ours_exact', { dtype: 'q4' }),
  ];
  const others = await peers('q4');
  const llama = process.env.NODE_LLAMA_CPP;
  const sizes = { contextSize: Math.max(...contexts) + newTokens + 256, threads: cpus().length };
  if (llama)
    others.push(
      await engineInProcess('llama_cpp', { kind: 'llama.cpp', module: llama, path: smollm2File, ...sizes }),
    );
  else console.log('left out: llama.cpp (NODE_LLAMA_CPP does not name its module)');
  return { own, others };
}

const tokenizer = await AutoTokenizer.from_pretrained(smollm2Folder, { local_files_only: true });
const corpus = readFileSync(join(smollm2Folder, '../../corpora/tinyshakespeare.txt'), 'utf8');
const corpusIds: number[] = tokenizer.encode(corpus.slice(0, 20_000), { add_special_tokens: false });
const speed = (timings: readonly Timing[]) => median(timings.map((timing) => timing.perSecond));
const prefill = (timings: readonly Timing[]) => median(timings.map((timing) => timing.prefill));

for (const weights of list('WEIGHTS', 'fp32,q4')) {
  const { own, others } = await engines(weights);
  const prefix = weights === 'fp32' ? '' : `${weights}_`;
  for (const engine of [...own, ...others]) await engine.run(corpusIds.slice(0, 64), 4);
  for (const length of contexts) {
    const prompt = corpusIds.slice(0, length);
    const timings = new Map([...own, ...others].map((engine) => [engine, [] as Timing[]]));
    for (let round = 0; round < rounds; round++) {
      const order = [...timings];
      for (let i = 0; i < order.length; i++) {
        const [engine, results] = order[(round + i) % order.length]!;
        results.push(await engine.run(prompt, newTokens));
      }
    }
    for (const [{ name }, results] of timings) {
      figure(`${prefix}decode_${length}_${name}`, speed(results), 'tok/s');
      figure(`${prefix}prefill_${length}_${name}`, prefill(results), 'ms');
    }
    for (const engine of own)
      for (const other of others) {
        const [mine, theirs] = [timings.get(engine)!, timings.get(other)!];
        const pair = `${length}_${engine.name}_to_${other.name}`;
        const differs = mine[0]!.ids.findIndex((id, step) => id !== theirs[0]!.ids[step]);
        figure(`${prefix}decode_ratio_${pair}`, speed(mine) / speed(theirs), '×');
        figure(`${prefix}prefill_ratio_${pair}`, prefill(theirs) / prefill(mine), '×');
        figure(`${prefix}same_ids_${pair}`, differs < 0 ? newTokens : differs, `of ${newTokens}`);
      }
  }
  for (const engine of [...own, ...others]) await engine.dispose();
}
await rm(place, { recursive: true });
