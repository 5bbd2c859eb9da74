import type { ChoicePart } from '../run/choice-part';
import type { AnswerContext } from './answer-context';
import type { TokenLogprobs } from './token-logprobs';

/** vLLM's `prompt_logprobs`: for each token of the prompt a map from ids, `null` for the first. */
function promptLogprobs(
  scores: readonly (TokenLogprobs | null)[],
  { name, request }: AnswerContext,
): unknown[] {
  return scores.map((token) => {
    if (!token) return null;
    const ranks = new Map(token.top.map(({ id }, index) => [id, index + 1]));
    const all = token.top.some(({ id }) => id === token.id) ? token.top : [token, ...token.top];
    return Object.fromEntries(
      all.map(({ id, logprob }) => {
        const { token: text, bytes } = name(id);
        const rank = ranks.get(id) ?? null;
        return [id, { logprob, rank, decoded_token: text, ...(request.returnTokenIds && { bytes }) }];
      }),
    );
  });
}

/** Fields of a choice beyond OpenAI's: ids, the prompt's log-probabilities, the trace, and how it ended in full. */
export function choiceExtras(
  { index, steps, finish }: ChoicePart,
  isFirst: boolean,
  context: AnswerContext,
): Record<string, unknown> {
  const { request, promptScores } = context;
  const prompt = Math.floor(index / request.n);
  const { returnTokenIds, promptLogprobs: wanted, trace } = request;
  const traced = steps.flatMap((step) => (step.trace ? [step.trace] : []));
  return {
    ...(finish && { finish_detail: finish }),
    ...(returnTokenIds && { token_ids: steps.map(({ id }) => id) }),
    ...(returnTokenIds && isFirst && { prompt_token_ids: Array.from(request.prompts[prompt]!) }),
    ...(wanted !== undefined &&
      isFirst && {
        ...(returnTokenIds && {
          prompt_tokens: Array.from(request.prompts[prompt]!, (id) => ({ id, ...context.name(id) })),
        }),
        prompt_logprobs: promptLogprobs(promptScores[prompt]!, context),
      }),
    ...(trace && {
      trace: {
        ...(isFirst && {
          seed: request.seed + (index % request.n),
          prompt_ids: Array.from(request.prompts[prompt]!),
        }),
        steps: traced,
      },
    }),
  };
}
