import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beamSearch, generate, promptLookup } from '@nexttoken/generate';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';
import { load } from '../src/index';

// Beam search with 4 beams against greedy decoding of a batch of 4, on SmolLM2-135M in float32: the time from the
// first new token to the last, so that reading the prompts is apart. The batch is four prompts of their own, and, as
// a second peer, one prompt continued four times, which shares its cache as beams do. Then prompt lookup on a
// prompt whose answer repeats it. Environment: CONTEXTS, ROUNDS, NEW_TOKENS.
const contexts = (process.env.CONTEXTS ?? '128,1024').split(',').map(Number);
const rounds = Number(process.env.ROUNDS ?? 3);
const newTokens = Number(process.env.NEW_TOKENS ?? 25);
const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

if (!existsSync(shared)) {
  console.log('skipped: the shared SmolLM2 weights are not here');
  process.exit(0);
}
console.log(machineLine());

const cacheFolder = await mkdtemp(join(tmpdir(), 'nexttoken-bench-'));
const { model, tokenizer, dispose } = await load(join(shared, 'models/smollm2-135m-instruct'), {
  cacheFolder,
});
const corpus = readFileSync(join(shared, 'corpora/tinyshakespeare.txt'), 'utf8').slice(0, 40_000);
const { ids } = tokenizer.encode(corpus, { addSpecialTokens: false });

/** Milliseconds from the first event of a type to the last one. */
async function span(events: AsyncIterable<{ readonly type: string }>, type: string): Promise<number> {
  let first = 0;
  let last = 0;
  for await (const event of events) {
    if (event.type !== type) continue;
    last = performance.now();
    first ||= last;
  }
  return last - first;
}

const fixed = { model, maxNewTokens: newTokens, endTokenIds: [] };
for (const length of contexts) {
  const prompts = Array.from({ length: 4 }, (_, row) => ids.subarray(row * length, (row + 1) * length));
  const prompt = prompts[0]!;
  const times: Record<'beams' | 'batch' | 'shared_batch', number[]> = {
    beams: [],
    batch: [],
    shared_batch: [],
  };
  for (let round = 0; round < rounds; round++) {
    times.beams.push(await span(beamSearch({ ...fixed, prompt, numBeams: 4 }), 'beams'));
    times.batch.push(await span(generate({ ...fixed, prompts }), 'step'));
    times.shared_batch.push(await span(generate({ ...fixed, prompt, numReturnSequences: 4 }), 'step'));
  }
  for (const [name, values] of Object.entries(times)) {
    figure(`generate_${length}_${name}`, median(values) / (newTokens - 1), 'ms/step');
  }
  for (const peer of ['batch', 'shared_batch'] as const) {
    const ratios = times.beams.map((time, round) => time / times[peer][round]!);
    figure(`generate_${length}_beams_to_${peer}`, median(ratios), '×');
  }
}

const notes = `The library opens at nine in the morning and closes at six in the evening. Members may borrow four books for
three weeks. A book that is late costs ten cents a day. The reading room on the second floor is quiet, and the children's
room on the first floor has a story hour on Saturday. New books are on the shelf beside the door.`;
const summary = `Here are my notes about the library:\n\n${notes}\n\nHere are my notes about the library again, word for word:\n\nThe library opens`;
const options = { model, tokenizer, prompt: summary, maxNewTokens: 64 };
for (const [name, draft] of [
  ['plain', undefined],
  ['prompt_lookup', promptLookup()],
] as const) {
  const begin = performance.now();
  let steps = 0;
  for await (const event of generate({ ...options, draft })) {
    if (event.type === 'step') steps++;
    if (event.type !== 'finish') continue;
    figure(`${name}_time`, performance.now() - begin, 'ms');
    if (!event.draft) continue;
    figure(`${name}_forwards_per_token`, event.draft.forwards / steps, '×');
    figure(`${name}_acceptance`, event.draft.acceptanceRate, '');
  }
}
await dispose();
await rm(cacheFolder, { recursive: true });
