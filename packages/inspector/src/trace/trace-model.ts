import {
  type ForwardResult,
  type LanguageModel,
  type LogitsRequest,
  NextTokenError,
  type RowTokens,
  type Session,
} from '@nexttoken/model';
import type { Trace } from './trace-data';

/** The row that follows these ids in the recorded run. */
function recordedRow({ run, logitsOf }: Trace, ids: readonly number[]): Float32Array {
  const step = ids.length - run.promptIds.length;
  const known = [...run.promptIds, ...run.ids];
  const row = ids.every((id, index) => id === known[index]) ? logitsOf(step) : undefined;
  if (row) return row;
  throw new NextTokenError('unsupported-capability', `the trace has no row for step ${step} of this text`, {
    capability: 'context',
    step,
  });
}

function createSession(trace: Trace, start: readonly (readonly number[])[]): Session {
  const { vocabSize } = trace.run.model;
  let rows = start.map((row) => [...row]);
  return {
    get rowCount() {
      return rows.length;
    },
    get lengths() {
      return rows.map(({ length }) => length);
    },
    async forward<Request extends LogitsRequest = 'last'>(
      added: readonly RowTokens[],
      { logits = 'last' as Request }: { logits?: Request } = {},
    ) {
      const next = rows.map((row, index) => [...row, ...Array.from(added[index] ?? [])]);
      const found = next.map((ids, index) => {
        const count = logits === 'all' ? (added[index]?.length ?? 0) : 1;
        if (logits === 'none' || (added[index]?.length ?? 0) === 0) return null;
        const data = new Float32Array(count * vocabSize);
        for (let position = 0; position < count; position++) {
          const past = ids.slice(0, ids.length - count + 1 + position);
          data.set(recordedRow(trace, past), position * vocabSize);
        }
        return { data, positions: count, vocabSize };
      });
      rows = next;
      return { logits: found } as unknown as ForwardResult<Request>;
    },
    async select(parents) {
      rows = parents.map((parent) => (parent < 0 ? [] : [...rows[parent]!]));
    },
    async truncate(lengths) {
      rows = rows.map((row, index) => row.slice(0, lengths[index]));
    },
    fork: async () => createSession(trace, rows),
    dispose: async () => undefined,
  };
}

/**
 * A trace as a model: it gives the recorded rows for the recorded text, and refuses any other. With it a run can be looked
 * at, re-shaped and replayed without the weights.
 *
 * @returns a model whose sessions throw NextTokenError `unsupported-capability` (details: capability `context`, step) for a
 *   text that was not recorded
 */
export function traceModel(trace: Trace): LanguageModel {
  const { model, promptIds, ids, reason } = trace.run;
  const length = promptIds.length + ids.length;
  return {
    specification: 'nexttoken-model-1',
    modelId: model.id,
    vocabSize: model.vocabSize,
    capabilities: {
      logits: 'full',
      allPositions: true,
      hiddenStates: false,
      attention: false,
      maxRows: Number.POSITIVE_INFINITY,
      select: true,
      truncate: true,
      fork: true,
      // A full cache lets one more be chosen.
      contextLength: reason === 'context-length' ? length - 1 : length + 1,
      device: 'recorded',
    },
    createSession: async ({ rows = 1 } = {}) =>
      createSession(
        trace,
        Array.from({ length: rows }, () => []),
      ),
    describe: () => ({ backend: 'trace', device: 'recorded', dtype: model.dtype, cache: 'ids' }),
    dispose: async () => undefined,
  };
}
