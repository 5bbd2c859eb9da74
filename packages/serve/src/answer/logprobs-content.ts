import type { AnswerContext } from './answer-context';
import type { Candidate, TokenLogprobs } from './token-logprobs';

/** A token as the chat format has it; its id where ids were asked for. */
export interface ContentToken {
  readonly token: string;
  readonly id?: number;
  readonly logprob: number;
  readonly bytes: readonly number[] | null;
  readonly top_logprobs?: readonly ContentToken[];
}

/** `logprobs.content` of the chat format. */
export function logprobsContent(
  steps: readonly (TokenLogprobs | undefined)[],
  { name, request }: AnswerContext,
): ContentToken[] {
  const candidate = ({ id, logprob }: Candidate): ContentToken => {
    const { token, bytes } = name(id);
    return { token, ...(request.returnTokenIds && { id }), logprob, bytes };
  };
  return steps.flatMap((step) =>
    step ? [{ ...candidate(step), top_logprobs: step.top.map(candidate) }] : [],
  );
}
