import { type Capabilities, type LanguageModel, NextTokenError, type Session } from '@nexttoken/model';
import { checkSessionOptions } from '@nexttoken/model/session-calls';
import type { Trace } from './trace-data';
import { TraceSession } from './trace-session';

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
  const capabilities: Capabilities = {
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
  };
  const open = new Set<Session>();
  let disposed = false;
  return {
    specification: 'nexttoken-model-1',
    modelId: model.id,
    vocabSize: model.vocabSize,
    capabilities,
    async createSession(options = {}) {
      if (disposed) throw new NextTokenError('disposed', 'createSession: the model was disposed');
      const rows = checkSessionOptions(options, capabilities);
      const empty = Array.from({ length: rows }, () => []);
      return new TraceSession(trace, capabilities, open, empty);
    },
    describe: () => ({ backend: 'trace', device: 'recorded', dtype: model.dtype, cache: 'ids' }),
    async dispose() {
      disposed = true;
      await Promise.all(Array.from(open, (session) => session.dispose()));
    },
  };
}
