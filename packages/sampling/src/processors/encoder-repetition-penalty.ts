import { checkOptionNames, type LogitsProcessor } from '@nexttoken/model';
import { checkPositive } from '../parameters/check-positive';
import { checkTokenIds } from '../parameters/check-token-ids';
import { scaleDistinctIds } from '../row/scale-distinct-ids';

/** Options of the processors that look at the ids of the input. */
export interface EncoderOptions {
  /** Ids of the input, integers >= 0. Default: the row's own prompt, as for a decoder-only model. */
  readonly encoderIds?: ArrayLike<number>;
}

/**
 * Makes tokens of the input more likely (penalty > 1; the rest "hallucinates") or less likely (< 1):
 * `x_i ← x_i < 0 ? x_i · (1 / penalty) : x_i / (1 / penalty)`, in float32, once for each distinct id of the
 * input. Ids beyond the vocabulary are passed over; removed tokens stay removed.
 *
 * @param penalty a finite number > 0; 1 is neutral
 * @param options `encoderIds`: the input; default: the prompt
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 *
 * Cost: one step for each id of the input. Source: Hugging Face `EncoderRepetitionPenaltyLogitsProcessor`.
 */
export function encoderRepetitionPenalty(penalty: number, options: EncoderOptions = {}): LogitsProcessor {
  checkPositive('encoderRepetitionPenalty', 'penalty', penalty);
  checkPositive('encoderRepetitionPenalty', '1 / penalty', 1 / penalty);
  checkOptionNames('encoderRepetitionPenalty', options, ['encoderIds']);
  const { encoderIds } = options;
  const given =
    encoderIds === undefined
      ? undefined
      : checkTokenIds('encoderRepetitionPenalty', 'encoderIds', encoderIds);
  const factor = Math.fround(1 / penalty);
  return {
    kind: 'processor',
    type: 'encoderRepetitionPenalty',
    parameters: { penalty, ...(given === undefined ? {} : { encoderIds: given }) },
    process(scores, { ids, promptLength }) {
      if (penalty === 1) return;
      if (given === undefined) scaleDistinctIds(scores, ids, 0, Math.min(promptLength, ids.length), factor);
      else scaleDistinctIds(scores, given, 0, given.length, factor);
    },
  };
}
