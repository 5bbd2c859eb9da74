import { NextTokenError, type StreamEvent, type StreamRequest } from '@nexttoken/model';
import { resolveDialect } from '../dialects/dialects';
import { createHttpClient } from '../http/http-client';
import { checkServerOptions, type ServerOptions } from '../http/server-options';
import { openAIStreamModel } from '../stream/openai-stream-model';
import { readModelInfo } from './read-model-info';
import type { ServerLimits } from './server-limits';

const owner = 'probeServer';
const counts = [4096, 1024, 256, 128, 100, 64, 50, 32, 20, 10, 5, 1];

export interface ProbeOptions extends ServerOptions {
  /** The most candidates to ask for; an integer >= 1, default 4096 (or the whole vocabulary where that is less). */
  readonly candidates?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Ask = (request: StreamRequest) => Promise<readonly StreamEvent[]>;

/** Whether an error says that this request is too much to ask, so that a smaller one may do. */
const isRefusal = (error: unknown): boolean =>
  NextTokenError.isInstance(error) &&
  (error.code === 'unsupported-option' ||
    (error.code === 'request-failed' && error.details.status !== undefined));

/** How many candidates come where so many are asked for; 0 where the server refuses. */
async function candidatesOf(ask: Ask, prompt: StreamRequest['prompt'], logprobs: number): Promise<number> {
  try {
    const events = await ask({ prompt, maxNewTokens: 1, logprobs });
    const tokens = events.flatMap((event) => (event.type === 'delta' ? (event.tokens ?? []) : []));
    return Math.max(0, ...tokens.map(({ candidates }) => candidates.length));
  } catch (error) {
    if (isRefusal(error)) return 0;
    throw error;
  }
}

/** Whether the server really continues: its prompt is then shorter than one that asks for a new answer. */
async function canPrefill(ask: Ask): Promise<boolean> {
  const messages = [
    { role: 'user', content: 'Count to five.' },
    { role: 'assistant', content: 'one two three' },
  ];
  const length = async (continueFinalMessage: boolean): Promise<number> => {
    const finish = (await ask({ prompt: { messages }, maxNewTokens: 1, continueFinalMessage })).at(-1);
    return finish?.type === 'finish' ? (finish.usage?.promptTokens ?? Number.NaN) : Number.NaN;
  };
  try {
    return (await length(true)) < (await length(false));
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/**
 * Finds out what a server can do instead of believing it: asks for its model, for more and more candidates until it
 * gives no more, and for the continuation of a message.
 *
 * @param options as those of the model; `candidates`, `signal`
 * @returns limits, for the option `limits`
 * @throws NextTokenError `model-not-found`, `access-denied`, `request-failed`; the signal's reason
 *
 * Cost: one question, and up to 14 texts of one token.
 */
export async function probeServer(options: ProbeOptions): Promise<ServerLimits> {
  checkServerOptions(owner, options, ['candidates', 'signal']);
  const { candidates = counts[0]!, signal = new AbortController().signal, ...server } = options;
  const dialect = resolveDialect(owner, options.dialect);
  const info = await readModelInfo(createHttpClient(server), dialect, options.model, signal);
  const boundless = { ...dialect, maxCandidates: Number.POSITIVE_INFINITY };
  const model = openAIStreamModel({ ...server, dialect: boundless, maxRetries: 0 });
  const ask: Ask = async (request) => {
    const events: StreamEvent[] = [];
    for await (const event of model.stream({ ...request, signal })) events.push(event);
    return events;
  };
  try {
    const most = Math.min(candidates, info.vocabSize ?? candidates);
    const prompt = dialect.prompts.includes('text')
      ? { text: 'One' }
      : { messages: [{ role: 'user', content: 'One' }] };
    let maxCandidates = 0;
    if (model.capabilities.options.includes('logprobs'))
      for (const count of [most, ...counts.filter((each) => each < most)]) {
        maxCandidates = await candidatesOf(ask, prompt, count);
        if (maxCandidates > 0) break;
      }
    const continues = dialect.continueFields !== undefined && dialect.prompts.includes('messages');
    return { ...info, maxCandidates, prefill: continues && (await canPrefill(ask)) };
  } finally {
    await model.dispose();
  }
}
