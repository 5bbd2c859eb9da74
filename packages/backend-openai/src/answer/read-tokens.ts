import type { StreamCandidate, StreamToken } from '@nexttoken/model';
import type { Dialect } from '../dialects/dialect';
import { asCount, asList, asObject, asText, type Json } from './read-json';

type Kinds = Pick<Dialect, 'tokenIds' | 'tokenBytes'>;

/** At most 0: rounding may leave a little more. */
const logprobOf = (value: unknown): number =>
  typeof value === 'number' && !Number.isNaN(value) ? Math.max(-9999, Math.min(0, value)) : -9999;

/** One entry of the chat form. */
function readEntry(entry: Json, { tokenIds, tokenBytes }: Kinds): StreamCandidate {
  const text = asText(entry.token);
  const id = asCount(entry.id);
  const bytes = Array.isArray(entry.bytes)
    ? Uint8Array.from(entry.bytes as number[])
    : new TextEncoder().encode(text);
  return {
    ...(tokenIds && id !== undefined && { id }),
    text,
    ...(tokenBytes && { bytes }),
    logprob: logprobOf(entry.logprob),
  };
}

const best = (candidates: readonly StreamCandidate[], count: number): readonly StreamCandidate[] =>
  [...candidates].sort((a, b) => b.logprob - a.logprob).slice(0, count);

/** `logprobs.content` of the chat form: each token with its candidates, at most `count`. */
export function readContent(content: unknown, count: number, kinds: Kinds): StreamToken[] {
  return asList(content).map((item) => {
    const entry = asObject(item);
    const top = asList(entry.top_logprobs).map((other) => readEntry(asObject(other), kinds));
    return { ...readEntry(entry, kinds), candidates: best(top, count) };
  });
}

/** The lists of the older completion form: a map from texts to log-probabilities for each token. */
export function readLists(lists: Json, count: number): StreamToken[] {
  const [logprobs, maps] = [asList(lists.token_logprobs), asList(lists.top_logprobs)];
  return asList(lists.tokens).map((token, index) => {
    const others = Object.entries(asObject(maps[index])).map(([text, logprob]) => ({
      text,
      logprob: logprobOf(logprob),
    }));
    const logprob = logprobs[index];
    return {
      text: asText(token),
      ...(logprob !== null && logprob !== undefined && { logprob: logprobOf(logprob) }),
      candidates: best(others, count),
    };
  });
}

/** A prompt's tokens: `prompt_tokens` names them, `prompt_logprobs` has a map from ids for each but the first. */
export function readPromptTokens(choice: Json, count: number, kinds: Kinds): StreamToken[] {
  const maps = asList(choice.prompt_logprobs);
  return asList(choice.prompt_tokens).map((item, index) => {
    const token = asObject(item);
    const entries = Object.entries(asObject(maps[index])).map(([id, entry]) => {
      const { decoded_token, bytes, logprob, rank } = asObject(entry);
      return { rank, candidate: readEntry({ token: decoded_token, bytes, logprob, id: Number(id) }, kinds) };
    });
    const own = entries.find(({ candidate }) => candidate.id === token.id)?.candidate;
    const { logprob: _, ...named } = readEntry(token, kinds);
    const top = entries.filter(({ rank }) => typeof rank === 'number').map(({ candidate }) => candidate);
    return { ...named, ...(own && { logprob: own.logprob }), candidates: best(top, count) };
  });
}
