import type { GenerationPlan } from '../options/plan-generation';
import { createContinuationDecoder } from './continuation-decoder';
import { createStopMatcher } from './stop-matcher';

/** Turns the chosen ids of one row into the text that its events carry. */
export interface TextWriter {
  /** Everything returned so far. */
  readonly text: string;
  /** Whether a stop string has ended the text. */
  readonly stopped: boolean;
  /** Takes the next id, returns the text that became certain. */
  push(id: number): string;
  /** Returns what was still held back; the row ends. */
  end(): string;
}

const silent: TextWriter = { text: '', stopped: false, push: () => '', end: () => '' };

/** What the text depends on beside the ids. */
export type TextPlan = Pick<
  GenerationPlan,
  'tokenizer' | 'skipSpecialTokens' | 'endTokenIds' | 'stopStrings'
>;

/** Ids → stream decoder → stop matcher → text. Without a tokenizer there is no text. */
export function createTextWriter(plan: TextPlan, promptIds: ArrayLike<number>): TextWriter {
  const { tokenizer, skipSpecialTokens, endTokenIds, stopStrings } = plan;
  if (!tokenizer) return silent;
  const decoder = createContinuationDecoder(tokenizer, promptIds, { skipSpecialTokens });
  const matcher = createStopMatcher(stopStrings);
  let text = '';
  const keep = (piece: string): string => {
    text += piece;
    return piece;
  };
  return {
    get text() {
      return text;
    },
    get stopped() {
      return matcher.stopped;
    },
    push: (id) => (skipSpecialTokens && endTokenIds.has(id) ? '' : keep(matcher.push(decoder.push(id)))),
    end: () => keep(matcher.push(decoder.flush()) + matcher.end()),
  };
}
