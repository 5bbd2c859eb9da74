import type { DecodeOptions, StreamDecoder } from '@nexttoken/model';
import { cleanUpPlans } from './clean-up-spaces';
import type { DecodingPlan, DecodingStage } from './decoding-stage';

/** What decoding needs to know of a vocabulary. */
export interface DecodingVocabulary {
  /** @throws NextTokenError `invalid-token-id` for an id the vocabulary does not have */
  requireToken(id: number): string;
  isSpecial(id: number): boolean;
  readonly plans: readonly DecodingPlan[];
  /** Whether the tokenizer's own files ask for spaces to be cleaned up. */
  readonly cleanUpSpaces: boolean;
}

/**
 * Ids in, text out as soon as it is certain; the pieces of a stream always add up to what `decode` gives.
 * Cost O(length of the token) a push, amortised; nothing is decoded twice.
 */
export function createStreamDecoder(
  vocabulary: DecodingVocabulary,
  options: DecodeOptions = {},
): StreamDecoder {
  const { skipSpecialTokens = false, cleanUpSpaces = vocabulary.cleanUpSpaces } = options;
  const plans = cleanUpSpaces ? [...vocabulary.plans, ...cleanUpPlans] : vocabulary.plans;
  const stages = plans.map((plan) => plan.create());
  return {
    push(id) {
      const token = vocabulary.requireToken(id);
      if (skipSpecialTokens && vocabulary.isSpecial(id)) return '';
      return run(stages, 0, [token]).join('');
    },
    flush() {
      let text = '';
      for (let from = 0; from < stages.length; from++) {
        text += run(stages, from + 1, stages[from]!.flush()).join('');
      }
      return text;
    },
  };
}

function run(stages: readonly DecodingStage[], from: number, pieces: readonly string[]): readonly string[] {
  let current = pieces;
  for (let i = from; i < stages.length && current.length > 0; i++) {
    const stage = stages[i]!;
    current = current.length === 1 ? stage.push(current[0]!) : current.flatMap((piece) => stage.push(piece));
  }
  return current;
}
