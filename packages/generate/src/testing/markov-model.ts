import type {
  ForwardResult,
  LanguageModel,
  Logits,
  LogitsRequest,
  RowTokens,
  Session,
} from '@nexttoken/model';

function createSession(table: readonly Float32Array[], start: readonly (readonly number[])[]): Session {
  const vocabSize = table[0]!.length;
  let rows = start.map((ids) => [...ids]);
  const answer = (tokens: RowTokens, request: LogitsRequest): Logits | null => {
    const ids = request === 'all' ? Array.from(tokens) : Array.from(tokens).slice(-1);
    if (request === 'none' || ids.length === 0) return null;
    const data = new Float32Array(ids.length * vocabSize);
    for (const [position, id] of ids.entries()) data.set(table[id]!, position * vocabSize);
    return { data, positions: ids.length, vocabSize };
  };
  return {
    get rowCount() {
      return rows.length;
    },
    get lengths() {
      return rows.map(({ length }) => length);
    },
    async forward<Request extends LogitsRequest = 'last'>(
      added: readonly RowTokens[],
      options: { readonly logits?: Request } = {},
    ) {
      for (const [row, tokens] of added.entries()) rows[row]!.push(...Array.from(tokens));
      return {
        logits: added.map((tokens) => answer(tokens, options.logits ?? 'last')),
      } as unknown as ForwardResult<Request>;
    },
    async select(parents) {
      rows = parents.map((parent) => (parent < 0 ? [] : [...rows[parent]!]));
    },
    async truncate(lengths) {
      for (const [row, ids] of rows.entries()) ids.length = lengths[row]!;
    },
    fork: async () => createSession(table, rows),
    dispose: async () => undefined,
  };
}

/**
 * A model that looks at the last id only: `table[id]` are the logits behind it. It answers at once, so that
 * distributions can be tested with many draws.
 */
export function createMarkovModel(table: readonly Float32Array[]): LanguageModel {
  return {
    specification: 'nexttoken-model-1',
    modelId: 'markov',
    vocabSize: table[0]!.length,
    capabilities: {
      logits: 'full',
      allPositions: true,
      hiddenStates: false,
      attention: false,
      maxRows: Number.POSITIVE_INFINITY,
      select: true,
      truncate: true,
      fork: true,
      contextLength: Number.POSITIVE_INFINITY,
      device: 'test',
    },
    createSession: async ({ rows = 1 } = {}) =>
      createSession(
        table,
        Array.from({ length: rows }, () => []),
      ),
    describe: () => ({ backend: 'test', device: 'test', dtype: 'fp32', cache: 'ids' }),
    dispose: async () => undefined,
  };
}
