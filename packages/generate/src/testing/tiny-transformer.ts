import type {
  ForwardOptions,
  ForwardResult,
  HiddenStates,
  LanguageModel,
  Logits,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';

/** Sizes of the network; `testdata/make-contrastive.py` has the same. */
const vocabSize = 24;
const width = 8;
const heads = 2;
const layers = 2;
const headSize = width / heads;

/** A number in [-1, 1) for each place of each matrix. */
function weight(matrix: number, row: number, column: number): number {
  let state = 0x9e3779b9;
  for (const value of [matrix, row, column]) {
    state = Math.imul(state ^ value, 0x85ebca6b);
    state ^= state >>> 13;
    state = Math.imul(state, 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return (state >>> 0) / 2 ** 31 - 1;
}

const matrix = (index: number, rows: number, columns: number, scale: number): number[][] =>
  Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (__, c) => scale * weight(index, r, c)),
  );

const embedding = matrix(0, vocabSize, width, 1);
const unembedding = matrix(1, vocabSize, width, 1.6);
const blocks = Array.from({ length: layers }, (_, layer) => ({
  query: matrix(10 * layer + 10, width, width, 0.9),
  key: matrix(10 * layer + 11, width, width, 0.9),
  value: matrix(10 * layer + 12, width, width, 0.9),
  output: matrix(10 * layer + 13, width, width, 0.9),
  up: matrix(10 * layer + 14, 2 * width, width, 0.7),
  down: matrix(10 * layer + 15, width, 2 * width, 0.7),
}));

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0);
const apply = (rows: readonly number[][], x: readonly number[]): number[] => rows.map((row) => dot(row, x));
const add = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value + b[i]!);
const norm = (x: readonly number[]): number[] => {
  const scale = Math.sqrt(dot(x, x) / x.length + 1e-6);
  return x.map((value) => value / scale);
};

/** The cache of one position: keys and values of each layer. */
type Position = readonly { readonly key: number[]; readonly value: number[] }[];

function attend(query: number[], layer: number, positions: readonly Position[]): number[] {
  return Array.from({ length: heads }, (_, head) => {
    const part = (x: number[]) => x.slice(head * headSize, (head + 1) * headSize);
    const scores = positions.map((p) => dot(part(query), part(p[layer]!.key)) / Math.sqrt(headSize));
    const top = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - top));
    const total = weights.reduce((sum, value) => sum + value, 0);
    return Array.from({ length: headSize }, (__, i) =>
      positions.reduce((sum, p, at) => sum + (weights[at]! / total) * part(p[layer]!.value)[i]!, 0),
    );
  }).flat();
}

/** Reads one id behind others: pre-norm blocks of attention and a tanh layer, sinusoidal places. */
function read(past: readonly Position[], id: number) {
  let x = embedding[id]!.map((value, i) => value + 0.5 * Math.sin((past.length + 1) / 1.7 ** (i + 1)));
  const hidden = [x];
  const entry: { key: number[]; value: number[] }[] = [];
  for (const [layer, block] of blocks.entries()) {
    const h = norm(x);
    entry.push({ key: apply(block.key, h), value: apply(block.value, h) });
    x = add(x, apply(block.output, attend(apply(block.query, h), layer, [...past, entry])));
    x = add(x, apply(block.down, apply(block.up, norm(x)).map(Math.tanh)));
    hidden.push(x);
  }
  hidden[layers] = norm(x);
  return { entry, hidden, logits: apply(unembedding, hidden[layers]!) };
}

type Answer = ReturnType<typeof read>;

function logitsOf(answers: readonly Answer[], request: LogitsRequest): Logits | null {
  if (request === 'none' || answers.length === 0) return null;
  const wanted = request === 'last' ? answers.slice(-1) : answers;
  return {
    data: Float32Array.from(wanted.flatMap(({ logits }) => logits)),
    positions: wanted.length,
    vocabSize,
  };
}

function hiddenOf(answers: readonly Answer[]): HiddenStates | null {
  if (answers.length === 0) return null;
  const data = Array.from({ length: layers + 1 }, (_, layer) =>
    answers.flatMap(({ hidden }) => hidden[layer]!),
  );
  return { data: Float32Array.from(data.flat()), layers: layers + 1, positions: answers.length, width };
}

function createSession(start: readonly (readonly Position[])[], log: { live: number }): Session {
  let rows = start.map((row) => [...row]);
  let disposed = false;
  log.live++;
  return {
    get rowCount() {
      return rows.length;
    },
    get lengths() {
      return rows.map(({ length }) => length);
    },
    async forward<Request extends LogitsRequest = 'last'>(
      added: readonly RowTokens[],
      { logits = 'last' as Request, capture, signal }: ForwardOptions<Request> = {},
    ) {
      await Promise.resolve();
      signal?.throwIfAborted();
      const answers = added.map((ids, row) =>
        Array.from(ids, (id) => {
          const answer = read(rows[row]!, id);
          rows[row]!.push(answer.entry);
          return answer;
        }),
      );
      return {
        logits: answers.map((row) => logitsOf(row, logits)),
        ...(capture?.hiddenStates && { hiddenStates: answers.map(hiddenOf) }),
      } as unknown as ForwardResult<Request>;
    },
    async select(parents) {
      rows = parents.map((parent) => (parent < 0 ? [] : [...rows[parent]!]));
    },
    async truncate(lengths) {
      rows = rows.map((row, index) => row.slice(0, lengths[index]));
    },
    fork: async () => createSession(rows, log),
    async dispose() {
      if (!disposed) log.live--;
      disposed = true;
    },
  };
}

/**
 * A small transformer of two layers with seeded, untrained weights in plain TypeScript, which hands out its hidden
 * states. `log.live` counts sessions that are not disposed.
 */
export function createTinyTransformer(): LanguageModel & { readonly log: { live: number } } {
  const log = { live: 0 };
  return {
    specification: 'nexttoken-model-1',
    modelId: 'tiny-transformer',
    vocabSize,
    capabilities: {
      logits: 'full',
      allPositions: true,
      hiddenStates: true,
      attention: false,
      maxRows: Number.POSITIVE_INFINITY,
      select: true,
      truncate: true,
      fork: true,
      contextLength: 64,
      device: 'test',
    },
    log,
    createSession: async ({ rows = 1 } = {}) =>
      createSession(
        Array.from({ length: rows }, () => []),
        log,
      ),
    describe: () => ({ backend: 'test', device: 'test', dtype: 'fp64', cache: 'lists' }),
    dispose: async () => undefined,
  };
}
