import type { CumulativeEntry, TracedStage } from '@nexttoken/inspector';
import type { ProcessorContext, Tokenizer } from '@nexttoken/model';
import { entropy, logSumExp } from '@nexttoken/numeric';
import { type DataOptions, traceChain } from '@nexttoken/sampling';
import { chainOf, samplerOf } from './chain-of';
import { drawParts } from './draw-parts';
import { randomAt } from './random-at';
import type { SamplingSettings } from './sampling-settings';

/** The row that settings act on. */
export interface SamplingRow {
  /** Raw, shape `[vocabSize]`; not changed. */
  readonly logits: Float32Array;
  /** Ids so far; its new ids are the steps taken, which the luck of this step follows from. */
  readonly context?: Partial<ProcessorContext> | undefined;
  /** Of a sampler that has one (mirostat, adaptive-p): its state at this step. Default: the initial one. */
  readonly samplerState?: unknown;
}

/** What is drawn from the row, and how. */
export interface DrawReading {
  readonly id: number;
  readonly token: string;
  /** Probability after the processors. */
  readonly share: number;
  /** The luck: the uniform number that decided; absent for greedy. */
  readonly draw?: number;
  /** Shares side by side in the order of the ids; narrow ones are left out. */
  readonly parts: readonly CumulativeEntry[];
}

/** What settings make of a row: exact, over the whole vocabulary. Plain data and two typed arrays. */
export interface SamplingReading {
  /** Of the raw distribution, in bits. */
  readonly entropy: number;
  /** The stages that run, in order; entropies in bits. */
  readonly stages: readonly TracedStage[];
  /** Shape `[vocabSize]`. */
  readonly scores: Float32Array;
  /** As in `traceChain`. */
  readonly removedBy: Uint16Array;
  readonly chosen: DrawReading;
}

export interface ReadSamplingOptions extends DataOptions {
  readonly tokenizer?: Tokenizer | undefined;
}

/**
 * Runs settings on a row, stage by stage, and draws with the luck that seed and step decide.
 * @throws NextTokenError what factories, processors and the sampler throw (`no-candidates` where nothing is left)
 *
 * Cost: that of `traceChain`, and one pass for the shares. It needs no page: a worker can run it.
 */
export function readSampling(
  row: SamplingRow,
  settings: SamplingSettings,
  { tokenizer, ...options }: ReadSamplingOptions = {},
): SamplingReading {
  const { logits } = row;
  const processors = chainOf(settings, options);
  const sampler = samplerOf(settings, options);
  const context = { ids: [], promptLength: 0, row: 0, batchItem: 0, ...row.context };
  const random = randomAt(settings, context);
  const traced = traceChain(processors, logits, { ...context, random });
  const state = 'samplerState' in row ? row.samplerState : sampler.initialState?.();
  const { id, draw } = sampler.sample(traced.scores, { random, row: context.row }, state);
  const bits = (nats: number) => nats / Math.LN2;
  return {
    entropy: bits(entropy(logits)),
    stages: traced.stages.map((stage) => ({
      ...stage,
      entropyBefore: bits(stage.entropyBefore),
      entropy: bits(stage.entropy),
    })),
    scores: traced.scores,
    removedBy: traced.removedBy,
    chosen: {
      ...drawParts(traced.scores, id, tokenizer),
      id,
      share: Math.exp(traced.scores[id]! - logSumExp(traced.scores)),
      ...(draw !== undefined && { draw }),
    },
  };
}
