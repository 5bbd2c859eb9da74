import type { Tokenizer } from '@nexttoken/model';
import type { GrammarProcessor } from '../processors/grammar-processor';

const context = { ids: [], promptLength: 0, row: 0, batchItem: 0 };

/** The ids that a processor leaves. */
export function allowedIds(
  processor: GrammarProcessor,
  state = processor.initialState(),
  width = 0,
): number[] {
  const scores = new Float32Array(Math.max(width, 300));
  processor.process(scores, context, state);
  return [...scores.keys()].filter((id) => scores[id] === 0);
}

/** Whether a grammar accepts a text as a whole, fed in the tokenizer's own tokens and then the end. */
export function allows(processor: GrammarProcessor, text: string, tokenizer: Tokenizer): boolean {
  let state = processor.initialState();
  for (const id of tokenizer.encode(text, { addSpecialTokens: false }).ids) {
    if (!processor.constraint.isAllowed(state, id)) return false;
    state = processor.accept(state, id);
  }
  return processor.constraint.describe(state).mayEnd;
}
