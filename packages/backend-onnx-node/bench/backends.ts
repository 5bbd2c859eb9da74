import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoTokenizer, env } from '@huggingface/transformers';
import { generate } from '@nexttoken/generate';
import { InferenceSession } from 'onnxruntime-node';
import { createOnnxNodeModel } from '../src/index';
import { exportShared } from '../src/testing/open-shared-model';
import { useSoftwareVulkan } from '../src/testing/software-vulkan';
import { type DecodeEngine, oursEngine, type Timing, transformersEngine } from './decode-engines';
import { figure, machineLine, median } from './machine';
import { smollm2File, smollm2Folder, writeOwnSmollm2, writePeerSmollm2 } from './open-smollm2';

// The backends in one run. On cpu: SmolLM2-135M, ours against transformers.js on the same weights with fused attention,
// in float32 and in int4, greedy and sampled (temperature 0.7, top-k 50); tokens a second after the first, time to the
// first, memory that came with an engine; and what a step costs outside `session.run`. On webgpu: stories260k and tales
// on whatever Vulkan driver there is, by default one in software, which says nothing about GPUs.
// Environment: CONTEXTS, ROUNDS, NEW_TOKENS, WEIGHTS (fp32, q4), DEVICES (cpu, webgpu), VK_ICD_FILENAMES.
const list = (name: string, fallback: string) => (process.env[name] ?? fallback).split(',');
const contexts = list('CONTEXTS', '128,1024,2048').map(Number);
const rounds = Number(process.env.ROUNDS ?? 3);
const newTokens = Number(process.env.NEW_TOKENS ?? 33);
const devices = list('DEVICES', 'cpu,webgpu');

const resident = () => process.memoryUsage().rss / 1e6;
const middle = (timings: readonly Timing[], key: 'prefill' | 'perSecond') =>
  median(timings.map((timing) => timing[key]));

async function opened(open: () => Promise<DecodeEngine>, prefix: string): Promise<DecodeEngine> {
  const before = resident();
  const engine = await open();
  await engine.run([1, 2, 3], 2);
  figure(`${prefix}_resident_${engine.name}`, resident() - before, 'MB');
  return engine;
}

async function compare(prompts: readonly number[], weights: string, folder: string): Promise<void> {
  const q4 = weights === 'q4';
  const ours = await opened(
    async () =>
      oursEngine(
        'ours',
        await writeOwnSmollm2(join(folder, 'own', weights), q4 ? { dtype: 'q4', precision: 'fast' } : {}),
      ),
    weights,
  );
  const peer = `${weights}-standard-fused`;
  await writePeerSmollm2(join(folder, peer), {
    layout: 'standard-fused',
    ...(q4 ? { dtype: 'q4', precision: 'fast' } : { dtype: 'fp32' }),
  });
  const theirs = await opened(() => transformersEngine('transformers_js', peer), weights);
  for (const length of contexts)
    for (const choice of ['greedy', 'sampled'] as const) {
      const timings = new Map([ours, theirs].map((engine) => [engine, [] as Timing[]]));
      for (let round = 0; round < rounds; round++)
        for (const [engine, results] of timings)
          results.push(await engine.run(prompts.slice(0, length), newTokens, choice === 'sampled'));
      const name = `${weights}_${length}_${choice}`;
      for (const [engine, results] of timings) {
        figure(`${name}_decode_${engine.name}`, middle(results, 'perSecond'), 'tok/s');
        figure(`${name}_first_token_${engine.name}`, middle(results, 'prefill'), 'ms');
      }
      const [mine, others] = [timings.get(ours)!, timings.get(theirs)!];
      figure(`${name}_decode_ratio`, middle(mine, 'perSecond') / middle(others, 'perSecond'), '×');
      figure(`${name}_first_token_ratio`, middle(others, 'prefill') / middle(mine, 'prefill'), '×');
    }
  await ours.dispose();
  await theirs.dispose();
}

/** What a step takes beside the runtime: the model lives in this thread, where its runs can be timed. */
async function overhead(prompt: readonly number[], folder: string): Promise<void> {
  let running = 0;
  const runtime = InferenceSession as { create: (...given: unknown[]) => Promise<InferenceSession> };
  const { create } = runtime;
  runtime.create = async (...given) => {
    const session = await create.apply(InferenceSession, given);
    const run = session.run.bind(session) as (...input: unknown[]) => Promise<never>;
    session.run = async (...input: unknown[]) => {
      const begin = performance.now();
      const result = await run(...input);
      running += performance.now() - begin;
      return result;
    };
    return session;
  };
  const options = await writeOwnSmollm2(join(folder, 'overhead'));
  const model = await createOnnxNodeModel({ ...options, thread: 'caller' });
  runtime.create = create;
  let steps = -1;
  let begin = 0;
  for await (const event of generate({ model, prompt: [...prompt], maxNewTokens: newTokens }))
    if (event.type === 'step' && ++steps === 0) {
      begin = performance.now();
      running = 0;
    }
  const all = performance.now() - begin;
  figure('overhead_outside_run', ((all - running) / running) * 100, '% of session.run');
  await model.dispose();
}

async function softwareGpu(name: string, path: string): Promise<void> {
  const exported = await exportShared(path);
  const engine = await oursEngine(name, { ...exported.options, device: 'webgpu' });
  const prompt = Array.from({ length: 16 }, (_, i) => 3 + i);
  await engine.run(prompt, 4);
  const timings: Timing[] = [];
  for (let round = 0; round < rounds; round++) timings.push(await engine.run(prompt, 17));
  figure(`webgpu_software_decode_${name}`, middle(timings, 'perSecond'), 'tok/s');
  figure(`webgpu_software_first_token_${name}`, middle(timings, 'prefill'), 'ms');
  await engine.dispose();
  await exported.remove();
}

console.log(machineLine());
console.log(`versions onnxruntime-node 1.30, transformers.js ${env.version}`);
if (devices.includes('cpu') && existsSync(smollm2File)) {
  const folder = await mkdtemp(join(tmpdir(), 'nexttoken-bench-'));
  env.allowRemoteModels = false;
  env.localModelPath = folder;
  const tokenizer = await AutoTokenizer.from_pretrained(smollm2Folder, { local_files_only: true });
  const corpus = readFileSync(join(smollm2Folder, '../../corpora/tinyshakespeare.txt'), 'utf8');
  const ids: number[] = tokenizer.encode(corpus.slice(0, 20_000), { add_special_tokens: false });
  for (const weights of list('WEIGHTS', 'fp32,q4')) await compare(ids, weights, folder);
  await overhead(ids.slice(0, contexts[0]), folder);
  await rm(folder, { recursive: true });
} else console.log('left out: cpu (not asked for, or the shared SmolLM2 weights are not here)');
if (devices.includes('webgpu')) {
  const missing = useSoftwareVulkan();
  if (missing) console.log(`left out: webgpu (${missing})`);
  else {
    console.log(`webgpu on the Vulkan driver ${process.env.VK_ICD_FILENAMES}`);
    await softwareGpu('stories260k', 'data/models/stories260k');
    await softwareGpu('tales', fileURLToPath(new URL('../../tiny-models/models/tales/', import.meta.url)));
  }
}
process.exit(0);
