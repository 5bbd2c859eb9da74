import {
  checkOptionNames,
  invalidParameter,
  type LogitsProcessor,
  NextTokenError,
  type ProcessorContext,
} from '@nexttoken/model';
import { type StageErrorHandler, stagesOf, stateAt } from '../compile/stages-of';
import type { ChainTrace, TracedStage, TracedToken } from './chain-trace';
import { compareRows } from './compare-rows';
import { distributionOf } from './distribution-of';

export interface TraceOptions {
  /**
   * The processor's state. Default: what it has after the ids behind the prompt, as in a loop that started
   * with this prompt.
   */
  readonly state?: unknown;
  /** Tokens whose scores behind each stage are wanted; ids of the vocabulary. */
  readonly ids?: ArrayLike<number>;
  /** Makes the error to throw of what a stage threw. Default: it is thrown as it is. */
  readonly onStageError?: StageErrorHandler;
}

function replayedState(processor: LogitsProcessor, { ids, promptLength }: ProcessorContext): unknown {
  let state = processor.initialState?.();
  if (processor.accept === undefined) return state;
  for (let index = promptLength; index < ids.length; index++) state = processor.accept(state, ids[index]!);
  return state;
}

function checkRequirements({ type, requires }: LogitsProcessor, context: ProcessorContext): void {
  for (const capability of ['siblings', 'guidance', 'random'] as const) {
    if (!requires?.[capability] || context[capability] !== undefined) continue;
    throw new NextTokenError(
      'unsupported-capability',
      `traceChain: the processor "${type}" needs ${capability}, which the context does not have`,
      { processor: type, capability },
    );
  }
}

function checkIds(ids: ArrayLike<number>, vocabSize: number): readonly number[] {
  const list = Array.from(ids);
  const id = list.find((value) => !(Number.isInteger(value) && value >= 0 && value < vocabSize));
  if (id === undefined) return list;
  const message = `traceChain: ${id} is not an id in [0, ${vocabSize})`;
  throw new NextTokenError('invalid-token-id', message, { id, vocabSize });
}

/** Types, numbered where one occurs again. */
function namesOf(types: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return types.map((type) => {
    const count = (seen.get(type) ?? 0) + 1;
    seen.set(type, count);
    return count === 1 ? type : `${type} (${count})`;
  });
}

/**
 * Runs a chain stage by stage on a copy of the row and tells what each stage did: tokens kept and removed, the mass
 * that went, entropy before and after, where it cut; for every token which stage removed it; for tokens
 * asked for their score behind each stage.
 *
 * @param processor a chain (chains within it are taken apart), or a single processor
 * @param logits one raw row, shape `[vocabSize]`, not changed
 * @param context what the processors may look at. A random source in it is drawn from (xtc): give a copy of
 *   the row's own, so that the trace tosses as the loop will
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`; `invalid-token-id` for an id beyond the
 *   row; `unsupported-capability` for a processor that needs what the context lacks; what the processors throw.
 *   A row with NaN is traced as it is: its entropies are NaN
 *
 * Nothing of this runs, or is paid for, in a chain that is not traced.
 * Cost: the stages as they are, and for each at most two exponentials a token that is left.
 */
export function traceChain(
  processor: LogitsProcessor,
  logits: Float32Array,
  context: ProcessorContext,
  options: TraceOptions = {},
): ChainTrace {
  if (processor?.kind !== 'processor') {
    throw invalidParameter('traceChain', 'processor', processor?.kind, 'a logits processor');
  }
  checkOptionNames('traceChain', options, ['state', 'ids', 'onStageError']);
  const { ids = [], onStageError } = options;
  const asked = checkIds(ids, logits.length);
  const state = 'state' in options ? options.state : replayedState(processor, context);
  const stages = stagesOf(processor);
  for (const stage of stages) checkRequirements(stage.processor, context);
  const names = namesOf(stages.map((stage) => stage.processor.type));

  const scores = logits.slice();
  const before = new Float32Array(logits.length);
  const removedBy = new Uint16Array(logits.length);
  const askedScores: number[][] = asked.map(() => []);
  let distribution = distributionOf(scores);
  const traced = stages.map(({ processor: part, path }, index): TracedStage => {
    before.set(scores);
    const { logTotal, entropy: entropyBefore } = distribution;
    try {
      part.process(scores, context, stateAt(state, path));
    } catch (error) {
      throw onStageError === undefined ? error : onStageError(error, part);
    }
    const comparison = compareRows(before, scores, logTotal, removedBy, index);
    distribution = distributionOf(scores);
    asked.forEach((id, i) => {
      askedScores[i]!.push(scores[id]!);
    });
    const { type, parameters } = part;
    const { entropy } = distribution;
    return { name: names[index]!, type, parameters, path, ...comparison, entropyBefore, entropy };
  });
  const tokens = asked.map((id, i): TracedToken => {
    const remover = removedBy[id]!;
    return {
      id,
      logit: logits[id]!,
      scores: askedScores[i]!,
      ...(remover > 0 && { removedBy: remover - 1 }),
    };
  });
  return { stages: traced, scores, removedBy, tokens };
}
