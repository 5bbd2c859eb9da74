import type { ChoicePart } from '../run/choice-part';
import type { AnswerContext, Usage } from './answer-context';
import { choiceExtras } from './extras';
import { openAIReason } from './finish-reason';
import { logprobsContent } from './logprobs-content';
import type { TokenLogprobs } from './token-logprobs';

/** One token of the lists of the completion format. */
interface ListedToken {
  readonly id: number;
  readonly offset: number;
  readonly logprobs: TokenLogprobs | null;
}

/** The prompt's tokens where they are echoed, with the places where their texts begin. */
function echoedTokens(index: number, { request, promptScores, name }: AnswerContext): ListedToken[] {
  const prompt = Math.floor(index / request.n);
  const { length } = request.promptTexts[prompt]!;
  let offset = 0;
  return Array.from(request.prompts[prompt]!, (id, position) => {
    const token = {
      id,
      offset: Math.min(offset, length),
      logprobs: promptScores[prompt]?.[position] ?? null,
    };
    offset += name(id).token.length;
    return token;
  });
}

/** `logprobs` of the completion format: parallel lists, and the chat format's list where ids were asked for. */
function logprobsLists(tokens: readonly ListedToken[], context: AnswerContext): Record<string, unknown> {
  const { name, request } = context;
  const maps = tokens.map(({ logprobs }) => {
    if (!logprobs) return null;
    const map = new Map<string, number>();
    // Of several tokens with one text the likeliest stands for all.
    for (const { id, logprob } of logprobs.top) {
      const { token } = name(id);
      if (!map.has(token)) map.set(token, logprob);
    }
    return Object.fromEntries(map);
  });
  return {
    tokens: tokens.map(({ id }) => name(id).token),
    token_logprobs: tokens.map(({ logprobs }) => logprobs?.logprob ?? null),
    top_logprobs: request.logprobs!.count > 0 || request.logprobs!.ids ? maps : null,
    text_offset: tokens.map(({ offset }) => offset),
    ...(request.returnTokenIds && {
      content: logprobsContent(
        tokens.map(({ logprobs }) => logprobs ?? undefined),
        context,
      ),
    }),
  };
}

/** One choice of an answer, or what a chunk adds to it. */
export function completionChoice(
  part: ChoicePart,
  isFirst: boolean,
  context: AnswerContext,
): Record<string, unknown> {
  const { request } = context;
  const { index, steps } = part;
  const echoes = request.echo && isFirst;
  const echoed = request.echo ? request.promptTexts[Math.floor(index / request.n)]! : '';
  const tokens: ListedToken[] = [
    ...(echoes ? echoedTokens(index, context) : []),
    ...steps.map(({ id, offset, logprobs }) => ({
      id,
      offset: offset + echoed.length,
      logprobs: logprobs ?? null,
    })),
  ];
  return {
    index,
    text: (echoes ? echoed : '') + part.text,
    logprobs: request.logprobs ? logprobsLists(tokens, context) : null,
    finish_reason: openAIReason(part.finish),
    ...choiceExtras(part, isFirst, context),
  };
}

/** The body of `/v1/completions`, whole or a chunk. */
export function completionAnswer(
  choices: readonly unknown[],
  { id, created, modelId }: AnswerContext,
  usage?: Usage | null,
): Record<string, unknown> {
  return {
    id,
    object: 'text_completion',
    created,
    model: modelId,
    choices,
    ...(usage !== undefined && { usage }),
  };
}
