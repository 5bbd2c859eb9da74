import { type LogitsProcessor, NextTokenError, type ProcessorContext } from '@nexttoken/model';
import { entropy } from '@nexttoken/numeric';

/** What one stage of a chain did to the row. */
export interface TracedStage {
  /** The processor's type; a second one of the same type is `topK (2)`. */
  readonly name: string;
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Tokens left behind this stage (not -Infinity). */
  readonly kept: number;
  /** Tokens that this stage removed. */
  readonly removed: number;
  /** Entropy of the softmax behind this stage, in bits. */
  readonly entropy: number;
}

export interface StageTrace {
  readonly stages: readonly TracedStage[];
  /** The processed row, shape `[vocabSize]`. */
  readonly scores: Float32Array;
  /** For each id 1 + the index of the stage that removed it, or 0; shape `[vocabSize]`. */
  readonly removedBy: Uint16Array;
}

/** The state that the processor has after the ids behind the prompt: what the loop would have. */
function replayState(processor: LogitsProcessor, { ids, promptLength }: ProcessorContext): unknown {
  let state = processor.initialState?.();
  if (!processor.accept) return state;
  for (let index = promptLength; index < ids.length; index++) state = processor.accept(state, ids[index]!);
  return state;
}

function checkRequirements({ type, requires }: LogitsProcessor, context: ProcessorContext): void {
  for (const capability of ['siblings', 'guidance'] as const) {
    if (!requires?.[capability] || context[capability]) continue;
    throw new NextTokenError(
      'unsupported-capability',
      `nextTokenTable: the processor "${type}" needs ${capability}, which the context does not have`,
      { processor: type, capability },
    );
  }
}

/** Notes in `removedBy` what `stage` removed (or brought back); returns how much it kept and removed. */
function markRemoved(scores: Float32Array, removedBy: Uint16Array, before: Uint8Array, stage: number) {
  let kept = 0;
  let removed = 0;
  for (let id = 0; id < scores.length; id++) {
    const alive = scores[id]! > Number.NEGATIVE_INFINITY;
    if (alive) {
      kept++;
      removedBy[id] = 0;
    } else if (before[id]) {
      removed++;
      removedBy[id] = stage + 1;
    }
    before[id] = alive ? 1 : 0;
  }
  return { kept, removed };
}

/**
 * Runs processors one after the other on a copy of the row and notes who removed what.
 *
 * Cost: the processors, and two passes over the vocabulary for each.
 *
 * @param logits shape `[vocabSize]`, not changed
 * @param processors single stages, see `flattenStages`
 */
export function traceStages(
  logits: Float32Array,
  processors: readonly LogitsProcessor[],
  context: ProcessorContext,
): StageTrace {
  const scores = logits.slice();
  const removedBy = new Uint16Array(logits.length);
  const alive = Uint8Array.from(logits, (value) => (value > Number.NEGATIVE_INFINITY ? 1 : 0));
  const seen = new Map<string, number>();
  const stages = processors.map((processor, stage): TracedStage => {
    checkRequirements(processor, context);
    processor.process(scores, context, replayState(processor, context));
    const { type, parameters } = processor;
    const count = (seen.get(type) ?? 0) + 1;
    seen.set(type, count);
    const name = count === 1 ? type : `${type} (${count})`;
    return {
      name,
      type,
      parameters,
      ...markRemoved(scores, removedBy, alive, stage),
      entropy: entropy(scores) / Math.LN2,
    };
  });
  return { stages, scores, removedBy };
}
