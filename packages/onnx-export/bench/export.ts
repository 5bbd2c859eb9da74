import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';

// What making a graph of SmolLM2-135M from its GGUF file costs, in time and memory, each measurement in a process of
// its own: to a session that is ready, against opening the same graph and weights as ready-made files; to a file and
// to memory alone. Environment: DTYPES, ROUNDS.
const list = (name: string, fallback: string) => (process.env[name] ?? fallback).split(',');
const rounds = Number(process.env.ROUNDS ?? 3);
const script = fileURLToPath(new URL('./measure-export.ts', import.meta.url));
const path = fileURLToPath(
  new URL(
    '../../../../shared/data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf',
    import.meta.url,
  ),
);

interface Measured {
  readonly milliseconds: number;
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  readonly weights: number;
}

function measured(kind: string, dtype: string, folder: string): Measured {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--conditions=@nexttoken/source', script, kind, dtype, folder, path],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

if (!existsSync(path)) {
  console.log('skipped: the shared SmolLM2 weights are not here');
  process.exit(0);
}
console.log(machineLine());
const folder = await mkdtemp(join(tmpdir(), 'nexttoken-bench-'));
for (const dtype of list('DTYPES', 'q4,fp32')) {
  const { weights } = measured('prepare', dtype, folder);
  const results: Record<'session' | 'ready' | 'file' | 'memory', Measured[]> = {
    session: [],
    ready: [],
    file: [],
    memory: [],
  };
  for (let round = 0; round < rounds; round++)
    for (const kind of Object.keys(results) as (keyof typeof results)[])
      results[kind].push(measured(kind, dtype, folder));
  const of = (kind: keyof typeof results, value: (each: Measured) => number) =>
    median(results[kind].map(value));
  const time = (kind: keyof typeof results) => of(kind, ({ milliseconds }) => milliseconds);
  figure(`export_${dtype}_weights`, weights, 'MB');
  figure(`export_${dtype}_to_session`, time('session'), 'ms');
  figure(`export_${dtype}_ready_made`, time('ready'), 'ms');
  figure(`export_${dtype}_to_session_ratio`, time('session') / time('ready'), '×');
  figure(`export_${dtype}_to_file`, time('file'), 'ms');
  // The largest tensor as float32 is the one-tensor share: 49,152 rows of 576.
  const share = dtype === 'fp32' ? (49152 * 576 * 4) / 1e6 : (49152 * 576 * 1.125) / 1e6;
  figure(
    `export_${dtype}_to_file_peak_over_one_tensor`,
    of('file', ({ peak, before }) => peak - before) - share,
    'MB',
  );
  figure(
    `export_${dtype}_in_memory_peak`,
    of('memory', ({ peak, before }) => peak - before),
    'MB',
  );
  figure(`export_${dtype}_in_memory_allowed`, 2 * weights + 300, 'MB');
  figure(
    `export_${dtype}_session_resident`,
    of('ready', ({ after, before }) => after - before),
    'MB',
  );
}
await rm(folder, { recursive: true });
