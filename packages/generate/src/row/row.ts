import type { FinishReason, LogitsProcessor, Sampler } from '@nexttoken/model';
import type { GenerationPlan } from '../options/plan-generation';
import { createTextWriter, type TextWriter } from '../text/text-writer';

/** All that changes while one row grows, apart from its KV cache. */
export interface Row {
  readonly index: number;
  /** What the session held before, the prompt, the new ids. */
  readonly ids: number[];
  readonly promptLength: number;
  /** One state a processor, in their order; a state is a value, so a fork copies the list. */
  processorStates: readonly unknown[];
  samplerState: unknown;
  readonly writer: TextWriter;
}

const initialState = (part: LogitsProcessor | Sampler): unknown => part.initialState?.();

/** The row before its first new token. */
export function createRow(plan: GenerationPlan, index: number): Row {
  const ids = [...Array.from(plan.previousIds), ...plan.promptIds];
  return {
    index,
    ids,
    promptLength: ids.length,
    processorStates: plan.processors.map(initialState),
    samplerState: initialState(plan.sampler),
    writer: createTextWriter(plan),
  };
}

/** Appends a chosen id; every stateful processor sees it. */
export function acceptToken(row: Row, id: number, plan: GenerationPlan): void {
  row.ids.push(id);
  row.processorStates = plan.processors.map((processor, stage) => {
    const state = row.processorStates[stage];
    return processor.accept ? processor.accept(state, id) : state;
  });
}

/**
 * Why the row takes no further token; `undefined`: it goes on. An end token comes before a stop string,
 * that before the limits.
 * @param cached positions in the KV cache; a full one cannot take the id that was chosen last
 */
export function finishReason(row: Row, cached: number, plan: GenerationPlan): FinishReason | undefined {
  const count = row.ids.length - row.promptLength;
  if (count > 0 && plan.endTokenIds.has(row.ids.at(-1)!)) return 'end-token';
  if (row.writer.stopped) return 'stop-string';
  if (count >= plan.maxNewTokens) return 'max-new-tokens';
  if (plan.signal?.aborted) return 'aborted';
  if (count > 0 && cached >= plan.model.capabilities.contextLength) return 'context-length';
  return undefined;
}
