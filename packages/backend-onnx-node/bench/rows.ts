import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '@nexttoken/model';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';
import { createOnnxNodeModel } from '../src/index';
import { smollm2Folder, writeOwnSmollm2 } from './open-smollm2';

// What a step of several rows costs: SmolLM2-135M in float32, one row, four rows of their own prompts' copies
// (batch greedy), and four rows of one prompt among which a random `select` chooses before every step, as beam
// search does. Steps of all kinds take turns, so that a busy moment meets all of them.
// Environment: CONTEXTS, STEPS.
const contexts = (process.env.CONTEXTS ?? '128,1024').split(',').map(Number);
const steps = Number(process.env.STEPS ?? 48);
const rows = 4;

if (!existsSync(smollm2Folder)) {
  console.log('skipped: the shared SmolLM2 weights are not here');
  process.exit(0);
}
console.log(machineLine());
const folder = await mkdtemp(join(tmpdir(), 'nexttoken-bench-'));
const options = await writeOwnSmollm2(folder);
const { vocabSize } = options;
const model = await createOnnxNodeModel(options);

let state = 1;
/** A random index, the same in every run. */
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const ids = (count: number) => Array.from({ length: count }, () => random(vocabSize));
const cacheMegabytes = () => (model.describe().cacheBytes as number) / 1e6;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** Opens a session and says how much memory its cache takes. */
async function opened(name: string, open: () => Promise<Session>): Promise<Session> {
  const before = cacheMegabytes();
  const session = await open();
  await session.forward(Array.from({ length: session.rowCount }, () => ids(1)));
  figure(`cache_${name}`, cacheMegabytes() - before, 'MB');
  return session;
}

for (const length of contexts) {
  const prompt = ids(length);
  const independent = async (count: number) => {
    const session = await model.createSession({ rows: count });
    await session.forward(Array.from({ length: count }, () => prompt));
    return session;
  };
  const one = await opened(`${length}_1_row`, () => independent(1));
  const greedy = await opened(`${length}_4_rows`, () => independent(rows));
  const beams = await opened(`${length}_4_beams`, async () => {
    const session = await independent(1);
    await session.select(Array(rows).fill(0));
    return session;
  });
  const times = {
    one: [] as number[],
    greedy: [] as number[],
    select: [] as number[],
    beams: [] as number[],
  };
  for (let step = 0; step < steps; step++) {
    times.one.push(await timed(() => one.forward([ids(1)])));
    times.greedy.push(await timed(() => greedy.forward(Array.from({ length: rows }, () => ids(1)))));
    const parents = Array.from({ length: rows }, () => random(rows));
    const select = await timed(() => beams.select(parents));
    const forward = await timed(() => beams.forward(Array.from({ length: rows }, () => ids(1))));
    times.select.push(select);
    times.beams.push(select + forward);
  }
  figure(`step_${length}_1_row`, median(times.one), 'ms');
  figure(`step_${length}_4_rows`, median(times.greedy), 'ms');
  figure(`step_${length}_4_beams_with_select`, median(times.beams), 'ms');
  figure(`select_${length}_4_beams`, median(times.select), 'ms');
  figure(`beams_to_rows_${length}`, median(times.beams) / median(times.greedy), '×');
  for (const session of [one, greedy, beams]) await session.dispose();
}
figure('resident', process.memoryUsage().rss / 1e6, 'MB');
await model.dispose();
await rm(folder, { recursive: true });
