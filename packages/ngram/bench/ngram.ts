import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { hasShared, sharedPath } from '@nexttoken/goldens';
import {
  createNgramIndex,
  kneserNey,
  longestSuffix,
  type NgramIndex,
  stupidBackoff,
  wittenBell,
} from '@nexttoken/ngram';
import {
  createNgramIndexInWorkers,
  loadCorpusFile,
  openNgramIndex,
  openPagedNgramIndex,
  saveNgramIndex,
} from '@nexttoken/ngram/node';
import { createRandom } from '@nexttoken/numeric';
import { figure, machineLine, median } from '@nexttoken/workspace/bench';
import { type CorpusShape, makeCorpus, wikitextLike } from './make-corpus';

// npm run bench:ngram [-- --full] [-- --quick]: --full adds 40 million tokens, --quick leaves the slow peers out.
const full = process.argv.includes('--full');
const quick = process.argv.includes('--quick');
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nexttoken-bench-ngram-'));
const text = join(folder, 'corpus.txt');
console.log(machineLine());

interface Built {
  readonly runs: readonly { load: number; sort: number; cpu: number }[];
  readonly peak_mib: number;
  readonly tokens: number;
  readonly positions: number;
  readonly vocabulary: number;
  readonly bytes: number;
}

/** A fresh process, so that its memory is its own. */
function build(path: string, order: string, how: 'bytes' | 'strings'): Built {
  const args = [
    '--import',
    'tsx',
    '--conditions=@nexttoken/source',
    here('./build-once.ts'),
    path,
    order,
    how,
  ];
  return JSON.parse(execFileSync(execPath, args, { encoding: 'utf8' })) as Built;
}

const seconds = ({ runs: [first] }: Built): number => first!.load + first!.sort;

/** Contexts of up to 7 tokens out of the text; in every fourth the first half is exchanged, so that it is new. */
function contexts(index: NgramIndex, count: number): number[][] {
  const [{ ids }] = index.shards as readonly [NgramIndex['shards'][number]];
  const random = createRandom(5);
  const found: number[][] = [];
  while (found.length < count) {
    const context: number[] = [];
    const end = 1 + Math.floor(random.next() * (ids.length - 2));
    for (let at = end; ids.get(at) !== 0 && context.length < 7; at--) context.unshift(ids.get(at));
    if (context.length === 0) continue;
    const half = found.length % 4 === 0 ? context.length >> 1 : 0;
    for (let i = 0; i < half; i++) context[i] = 2 + Math.floor(random.next() * (index.vocabulary.size - 2));
    found.push(context);
  }
  return found;
}

function queryFigures(index: NgramIndex, queries: readonly number[][]): number[] {
  const rounds: number[] = [];
  const single = new Float64Array(queries.length);
  let sums: number[] = [];
  for (let round = 0; round < 7; round++) {
    const start = performance.now();
    for (const query of queries) index.continueLongest(query, 10);
    const mean = ((performance.now() - start) * 1000) / queries.length;
    if (round === 0) figure('query-first-pass-mean', mean, 'us');
    else rounds.push(mean);
  }
  for (const [i, query] of queries.entries()) {
    const start = performance.now();
    index.continueLongest(query, 10);
    single[i] = (performance.now() - start) * 1000;
  }
  single.sort();
  sums = queries.map((query) =>
    index.continueLongest(query, 10, { order: 8 }).counts.reduce((sum, count) => sum + count, 0),
  );
  figure('query-mean', median(rounds), 'us');
  figure('query-p99', single[Math.floor(single.length * 0.99)]!, 'us');
  return sums;
}

function rowFigures(index: NgramIndex, queries: readonly number[][]): void {
  const row = new Float32Array(index.vocabulary.size);
  for (const make of [kneserNey, wittenBell, stupidBackoff, longestSuffix]) {
    const start = performance.now();
    const model = make(index);
    if (make === kneserNey) figure('kneser-ney-5-build', (performance.now() - start) / 1000, 's');
    const rounds = Array.from({ length: 5 }, (_, round) => {
      const begin = performance.now();
      for (const query of queries.slice(round * 500, round * 500 + 500)) model.logProbabilities(query, row);
      return (performance.now() - begin) / 500;
    });
    figure(`row-${model.type}`, median(rounds), 'ms');
  }
}

async function fileFigures(index: NgramIndex, queries: readonly number[][]): Promise<void> {
  const path = join(folder, 'index.ngram');
  const saves: number[] = [];
  const loads: number[] = [];
  for (let round = 0; round < 7; round++) {
    const start = performance.now();
    await saveNgramIndex(path, index);
    const middle = performance.now();
    await openNgramIndex(path);
    saves.push(middle - start);
    loads.push(performance.now() - middle);
  }
  figure('save', median(saves), 'ms');
  figure('load', median(loads), 'ms');
  figure('file-bytes-per-token', statSync(path).size / index.tokenCount, 'B');
  const paged = await openPagedNgramIndex(path);
  for (const query of queries) paged.index.longestSuffix(query);
  const start = performance.now();
  for (const query of queries) paged.index.continueLongest(query, 10);
  figure('query-paged-mean', ((performance.now() - start) * 1000) / queries.length, 'us');
  paged.dispose();
}

function peerFigures(
  own: Built,
  ownSeconds: number,
  index: NgramIndex,
  queries: readonly number[][],
  sums: readonly number[],
): void {
  const python = process.env.NGRAM_PYTHON ?? 'python3';
  const asked = join(folder, 'queries.txt');
  writeFileSync(
    asked,
    queries.map((query) => query.map((id) => index.vocabulary.tokenOf(id)).join(' ')).join('\n'),
  );
  const found = spawnSync(python, [here('./naive_ngram.py'), text, '8', asked], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (found.status === 0) {
    const peer = JSON.parse(found.stdout) as {
      seconds: number;
      cpu: number;
      peak_mib: number;
      query_us: number;
      answers: number[];
    };
    figure('python-n8', peer.seconds, 's');
    figure('python-n8-peak', peer.peak_mib, 'MiB');
    figure('python-query-mean', peer.query_us, 'us');
    figure('ratio-build-python', peer.seconds / ownSeconds, 'x');
    // All threads of ours against the one of Python; other work on the machine counts for neither.
    figure('ratio-build-python-cpu', peer.cpu / own.runs[0]!.cpu, 'x');
    figure('ratio-peak-python', peer.peak_mib / own.peak_mib, 'x');
    const equal = peer.answers.filter((sum, i) => sum === sums[i]).length;
    figure('answers-equal-python', equal, `of ${sums.length}`);
  } else console.log(`skipped python: ${found.error?.message ?? found.stderr.slice(-200)}`);

  const args = ['--import', 'tsx', '--max-old-space-size=12288', here('./naive-maps.ts'), text, '8'];
  const maps = spawnSync(execPath, args, { encoding: 'utf8' });
  if (maps.status === 0) {
    const peer = JSON.parse(maps.stdout) as { seconds: number; peak_mib: number };
    figure('maps-n8', peer.seconds, 's');
    figure('maps-n8-peak', peer.peak_mib, 'MiB');
    figure('ratio-build-maps', peer.seconds / ownSeconds, 'x');
    figure('ratio-peak-maps', peer.peak_mib / own.peak_mib, 'x');
  } else console.log(`skipped maps: ${(maps.error?.message ?? maps.stderr).slice(-200)}`);
}

async function largeFigures(): Promise<void> {
  const path = join(folder, 'large.txt');
  const shape: CorpusShape = { tokens: 40_000_000, words: 400_000, seed: 12 };
  await makeCorpus(path, shape);
  const built = build(path, 'unbounded', 'bytes');
  figure('large-tokens', built.tokens, 'tokens');
  figure('large-build', seconds(built), 's');
  figure('large-peak', built.peak_mib, 'MiB');
}

try {
  mkdirSync(folder, { recursive: true });
  await makeCorpus(text, wikitextLike);
  const rounds: Record<string, Built[]> = { 'n8-bytes': [], 'unbounded-bytes': [], 'n8-strings': [] };
  for (let round = 0; round < 5; round++) {
    rounds['n8-bytes']!.push(build(text, '8', 'bytes'));
    rounds['unbounded-bytes']!.push(build(text, 'unbounded', 'bytes'));
    if (round < 3) rounds['n8-strings']!.push(build(text, '8', 'strings'));
  }
  const [own] = rounds['n8-bytes'] as [Built];
  figure('tokens', own.tokens, 'tokens');
  figure('vocabulary', own.vocabulary, 'words');
  for (const [name, built] of Object.entries(rounds)) {
    figure(`build-${name}`, median(built.map(seconds)), 's');
    figure(`build-${name}-sort`, median(built.map(({ runs: [first] }) => first!.sort)), 's');
    figure(`cpu-${name}`, median(built.map(({ runs: [first] }) => first!.cpu)), 's');
    figure(`peak-${name}`, median(built.map(({ peak_mib }) => peak_mib)), 'MiB');
  }
  figure('index-bytes-per-position', own.bytes / own.positions, 'B');
  figure('index-bytes-per-token', own.bytes / own.tokens, 'B');

  const corpus = await loadCorpusFile(text);
  const index = createNgramIndex(corpus);
  const queries = contexts(index, 20_000);
  const sums = queryFigures(index, queries);
  rowFigures(index, queries);
  await fileFigures(index, queries);
  const begin = performance.now();
  await createNgramIndexInWorkers(corpus, { workers: 2 });
  figure('sort-two-workers', (performance.now() - begin) / 1000, 's');

  if (hasShared) {
    for (const name of [
      'tinyshakespeare',
      'tinystories-2mib',
      'tinystories-lowercase',
      'wikitext-2-raw.test',
    ]) {
      const path = sharedPath(`data/corpora/${name}.txt`);
      if (!existsSync(path)) continue;
      const built = build(path, 'unbounded', 'bytes');
      figure(`build-${name}`, seconds(built), `s (${built.tokens} tokens)`);
    }
  }
  if (!quick) {
    const all = rounds['n8-bytes']!;
    const cpu = median(all.map(({ runs: [first] }) => first!.cpu));
    const peak = {
      ...own,
      runs: [{ ...own.runs[0]!, cpu }],
      peak_mib: median(all.map(({ peak_mib }) => peak_mib)),
    };
    peerFigures(peak, median(all.map(seconds)), index, queries, sums);
  }
  if (full) await largeFigures();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
exit(0);
