import { NextTokenError } from '@nexttoken/model';
import { asCount, asList, asObject, asText, type Json } from '../answer/read-json';
import type { Dialect } from '../dialects/dialect';
import type { HttpClient } from '../http/http-client';

/** How the next token of a text is asked for. */
export interface TokenAsking {
  readonly client: HttpClient;
  readonly dialect: Dialect;
  readonly model: string;
  readonly vocabSize: number;
  /** How many of the best. */
  readonly top: number;
}

/** The best tokens at the first new place: pairs of an id and its number. */
function readPairs(
  choice: Json,
  ids: 'content' | 'token_id',
): readonly (readonly [id: number, value: number])[] {
  const told = asObject(choice.logprobs);
  const pairs =
    ids === 'content'
      ? asList(asObject(asList(told.content)[0]).top_logprobs).map((entry) => {
          const { id, logprob } = asObject(entry);
          return [id, logprob] as const;
        })
      : Object.entries(asObject(asList(told.top_logprobs)[0])).map(
          ([name, logprob]) => [Number(/^token_id:(\d+)$/.exec(name)?.[1]), logprob] as const,
        );
  return pairs.filter(
    (pair): pair is [number, number] => asCount(pair[0]) !== undefined && typeof pair[1] === 'number',
  );
}

function rowOf(choice: Json, { dialect, vocabSize, top, model }: TokenAsking): Float32Array {
  const row = new Float32Array(vocabSize).fill(Number.NEGATIVE_INFINITY);
  const pairs = readPairs(choice, dialect.oneToken!.ids);
  if (pairs.length === 0) {
    const reason = `the server named no candidates for ${asText(choice.finish_reason) || 'a token'}`;
    throw new NextTokenError('request-failed', `${model}: ${reason}`, { reason });
  }
  for (const [id, value] of [...pairs].sort((a, b) => b[1] - a[1]).slice(0, top)) {
    if (id >= vocabSize)
      throw new NextTokenError('tokenizer-mismatch', `the server named id ${id} of ${vocabSize}`, {
        id,
        vocabSize,
      });
    row[id] = value;
  }
  return row;
}

async function ask(prompt: unknown, asking: TokenAsking, signal: AbortSignal): Promise<readonly Json[]> {
  const { client, dialect, model, top } = asking;
  const { fields, count } = dialect.oneToken!;
  const most = { [dialect.options.maxNewTokens!]: 1 };
  const body = { model, prompt, ...dialect.neutral, ...most, ...fields, [count]: top, stream: false };
  const response = await client.send('/completions', body, signal);
  const answer = asObject(await response.json().catch(() => undefined));
  return asList(answer.choices)
    .map(asObject)
    .sort((a, b) => Number(a.index) - Number(b.index));
}

/**
 * The logits behind some texts, each of shape `[vocabSize]`, -Infinity where the server does not tell.
 * Cost: one request for all of them where the server takes several prompts, else one each.
 */
export async function fetchLogits(
  texts: readonly (readonly number[])[],
  asking: TokenAsking,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const batches = asking.dialect.oneToken!.batch && texts.length > 1 ? [texts] : texts.map((text) => [text]);
  const answers = await Promise.all(
    batches.map(async (batch) => {
      const choices = await ask(batch.length > 1 ? batch : batch[0], asking, signal);
      if (choices.length === batch.length) return choices.map((choice) => rowOf(choice, asking));
      const reason = `${choices.length} answers to ${batch.length} prompts`;
      throw new NextTokenError('request-failed', `${asking.model}: ${reason}`, { reason });
    }),
  );
  return answers.flat();
}
