import { invalidParameter } from '@nexttoken/model';
import type { Prompt } from '../options/generate-options';
import {
  type RankContinuationsOptions,
  rankContinuations,
  type ScoredContinuation,
} from './rank-continuations';

/** What {@link scoreContinuation} takes. */
export interface ScoreContinuationOptions extends Omit<RankContinuationsOptions, 'continuations' | 'by'> {
  /** Text, or token ids; at least one token. */
  readonly continuation: Prompt;
}

/**
 * How probable a given continuation of a prompt is: one log-probability a token, and their sum.
 * See {@link rankContinuations}, of which this is the case of one.
 * @throws NextTokenError what that one throws
 */
export async function scoreContinuation(options: ScoreContinuationOptions): Promise<ScoredContinuation> {
  const { continuation, ...rest } = options;
  if (continuation === undefined) {
    throw invalidParameter('scoreContinuation', 'continuation', continuation, 'text or token ids');
  }
  const [scored] = await rankContinuations({ ...rest, continuations: [continuation] });
  return scored!;
}
