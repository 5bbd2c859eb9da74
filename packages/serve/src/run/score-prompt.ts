import type { LanguageModel } from '@nexttoken/model';
import { type TokenLogprobs, tokenLogprobs } from '../answer/token-logprobs';
import type { LogprobsRequest } from '../request/generation-request';

const positionsAtOnce = 64;

/**
 * Log-probabilities of a prompt's tokens, each given those before it; the first has none (`null`).
 * Cost: the prompt is read once more; at most 64 rows of logits in memory.
 * @throws NextTokenError what the session throws; the signal's reason
 */
export async function scorePrompt(
  model: LanguageModel,
  ids: Int32Array,
  request: LogprobsRequest,
  signal: AbortSignal,
): Promise<(TokenLogprobs | null)[]> {
  const { allPositions } = model.capabilities;
  const size = allPositions ? positionsAtOnce : 1;
  const scored: (TokenLogprobs | null)[] = [null];
  const session = await model.createSession();
  try {
    for (let begin = 0; begin < ids.length - 1; begin += size) {
      const tokens = ids.subarray(begin, Math.min(begin + size, ids.length - 1));
      const { logits } = await session.forward([tokens], { logits: allPositions ? 'all' : 'last', signal });
      const { data, vocabSize } = logits[0]!;
      for (let position = 0; position < tokens.length; position++) {
        const row = data.subarray(position * vocabSize, (position + 1) * vocabSize);
        scored.push(tokenLogprobs(row, ids[begin + position + 1]!, request));
      }
    }
    return scored;
  } finally {
    await session.dispose();
  }
}
