import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutoModelForCausalLM, AutoTokenizer, BaseStreamer, env, Tensor } from '@huggingface/transformers';
import { generate } from '@nexttoken/generate';
import { createOnnxNodeModel } from '../src/index';
import { figure, machineLine, median } from './machine';
import { peerLayouts, smollm2Folder, writeSmollm2 } from './open-smollm2';

// Decoding speed of SmolLM2-135M in float32 after prompts of several lengths, ours against transformers.js on the
// same weights in the standard layout: in standard operators, as optimum exports them, and with fused attention.
// tok/s counts the tokens after the first, so prefill is apart. Environment: CONTEXTS, ROUNDS, NEW_TOKENS.
const contexts = (process.env.CONTEXTS ?? '128,1024,2048').split(',').map(Number);
const rounds = Number(process.env.ROUNDS ?? 3);
const newTokens = Number(process.env.NEW_TOKENS ?? 33);

if (!existsSync(smollm2Folder)) {
  console.log('skipped: the shared SmolLM2 weights are not here');
  process.exit(0);
}
console.log(machineLine());
const folder = await mkdtemp(join(tmpdir(), 'nexttoken-bench-'));
const { graph, contextLength, vocabSize } = await writeSmollm2(folder);

env.allowRemoteModels = false;
env.localModelPath = folder;
const tokenizer = await AutoTokenizer.from_pretrained('standard');
const openPeer = (layout: string) =>
  AutoModelForCausalLM.from_pretrained(layout, {
    dtype: 'fp32',
    device: 'cpu',
    use_external_data_format: true,
  });
type Peer = Awaited<ReturnType<typeof openPeer>>;
const peers: [string, Peer][] = [];
for (const layout of peerLayouts) peers.push([layout.replace('-', '_'), await openPeer(layout)]);
const ours = await createOnnxNodeModel({
  modelId: 'smollm2',
  graph,
  weightsFolder: folder,
  contextLength,
  vocabSize,
  dtype: 'fp32',
});

const corpus = readFileSync(join(smollm2Folder, '../../corpora/tinyshakespeare.txt'), 'utf8').slice(
  0,
  20_000,
);
const corpusIds: number[] = tokenizer.encode(corpus, { add_special_tokens: false });

interface Timing {
  readonly prefill: number;
  readonly perSecond: number;
  readonly ids: number[];
}

function timing(begin: number, stamps: readonly number[], ids: number[]): Timing {
  const first = stamps[0]!;
  return { prefill: first - begin, perSecond: ((stamps.length - 1) * 1000) / (stamps.at(-1)! - first), ids };
}

async function runOurs(prompt: number[]): Promise<Timing> {
  const begin = performance.now();
  const stamps: number[] = [];
  const ids: number[] = [];
  for await (const event of generate({ model: ours, prompt, maxNewTokens: newTokens }))
    if (event.type === 'step') {
      stamps.push(performance.now());
      ids.push(event.id);
    }
  return timing(begin, stamps, ids);
}

async function runPeer(peer: Peer, prompt: number[]): Promise<Timing> {
  const stamps: number[] = [];
  const ids: number[] = [];
  class Stamps extends BaseStreamer {
    #prompt = true;
    override put(value: bigint[][]) {
      if (!this.#prompt) {
        stamps.push(performance.now());
        ids.push(Number(value[0]![0]));
      }
      this.#prompt = false;
    }
    override end() {}
  }
  const shape = [1, prompt.length];
  const begin = performance.now();
  await peer.generate({
    input_ids: new Tensor('int64', BigInt64Array.from(prompt, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(prompt.length).fill(1n), shape),
    max_new_tokens: newTokens,
    min_new_tokens: newTokens,
    do_sample: false,
    streamer: new Stamps(),
  } as never);
  return timing(begin, stamps, ids);
}

const speed = (timings: readonly Timing[]) => median(timings.map((timing) => timing.perSecond));
const prefill = (timings: readonly Timing[]) => median(timings.map((timing) => timing.prefill));

for (const length of contexts) {
  const prompt = corpusIds.slice(0, length);
  const mine: Timing[] = [];
  const theirs = peers.map((): Timing[] => []);
  for (let round = 0; round < rounds; round++) {
    mine.push(await runOurs(prompt));
    for (const [index, [, peer]] of peers.entries()) theirs[index]!.push(await runPeer(peer, prompt));
  }
  figure(`decode_${length}_ours`, speed(mine), 'tok/s');
  figure(`prefill_${length}_ours`, prefill(mine), 'ms');
  for (const [index, [name]] of peers.entries()) {
    const timings = theirs[index]!;
    const agreed = mine[0]!.ids.findIndex((id, step) => id !== timings[0]!.ids[step]);
    figure(`decode_${length}_transformers_js_${name}`, speed(timings), 'tok/s');
    figure(`decode_${length}_ratio_${name}`, speed(mine) / speed(timings), '×');
    figure(`prefill_${length}_transformers_js_${name}`, prefill(timings), 'ms');
    figure(`prefill_${length}_ratio_${name}`, prefill(timings) / prefill(mine), '×');
    figure(`same_ids_${length}_${name}`, agreed < 0 ? newTokens : agreed, `of ${newTokens}`);
  }
}
await ours.dispose();
for (const [, peer] of peers) await peer.dispose();
await rm(folder, { recursive: true });
