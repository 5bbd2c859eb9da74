import {
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  NextTokenError,
  type Session,
  type SessionOptions,
} from '@nexttoken/model';
import { checkSessionOptions } from '@nexttoken/model/session-calls';
import { Batch, type BatchStatistics } from './batch';
import { BatchedSession } from './batched-session';
import { emptyRow } from './shared-row';

export interface BatchedModelOptions {
  /**
   * The most positions that a step reads beside one token of every running row; an integer >= 1, default 256.
   * Longer prompts are read in pieces: the smaller, the less do running texts wait for somebody's prompt.
   */
  readonly stepPositions?: number | undefined;
}

/** A model whose sessions run together. */
export interface BatchedModel extends LanguageModel {
  readonly statistics: BatchStatistics;
}

const owner = 'batchedModel';

/**
 * The same model, with one difference: `forward` calls of different sessions are computed together (continuous
 * batching). A step takes all that was asked for while the last one ran; rows join and leave between two steps.
 *
 * `answer(session) = answer(session of the model alone)`, within the rounding of the backend's batched products.
 *
 * @param model what computes; its `select` moves the rows. A model without `select`, or of one row, is left as it
 *   is: its sessions run side by side
 * @param options `stepPositions`
 * @returns a model; disposing it leaves `model` open
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`
 *
 * Cost: a copy of each logits row. Source: Yu et al., "Orca: A Distributed Serving System for Transformer-Based
 * Generative Models", 2022; prompts in pieces: Agrawal et al., "Sarathi", 2023.
 */
export function batchedModel(model: LanguageModel, options: BatchedModelOptions = {}): BatchedModel {
  checkOptionNames(owner, options, ['stepPositions']);
  const { stepPositions = 256 } = options;
  if (!Number.isInteger(stepPositions) || stepPositions < 1)
    throw invalidParameter(owner, 'stepPositions', stepPositions, 'an integer >= 1');
  const { topLogits: _, ...ofOne } = model.capabilities;
  const { select, maxRows } = ofOne;
  const shares = select && maxRows > 1;
  const batch = new Batch(model, stepPositions);
  const open = new Set<Session>();
  let disposed = false;

  return {
    specification: model.specification,
    modelId: model.modelId,
    vocabSize: model.vocabSize,
    // A shared step reads whole rows back.
    capabilities: shares ? { ...ofOne, fork: true } : { ...model.capabilities },
    get statistics() {
      return batch.statistics;
    },
    async createSession(given: SessionOptions = {}) {
      if (disposed) throw new NextTokenError('disposed', 'createSession: the model was disposed');
      const rows = checkSessionOptions(given, model.capabilities);
      if (shares) return new BatchedSession(batch, open, Array.from({ length: rows }, emptyRow));
      const session = await model.createSession({ rows });
      open.add(session);
      return session;
    },
    describe: () => ({ ...model.describe(), batching: shares ? 'continuous' : 'none' }),
    async dispose() {
      disposed = true;
      await Promise.all(Array.from(open, (session) => session.dispose()));
      await batch.dispose();
    },
  };
}
