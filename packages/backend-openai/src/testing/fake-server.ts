import { type FakeStep, fakeSteps } from './fake-engine';

type Body = Readonly<Record<string, unknown>>;
type Family = 'openai' | 'vllm' | 'llama.cpp' | 'lm-studio' | 'ollama';

const openaiFields =
  'model stream stream_options temperature top_p frequency_penalty presence_penalty logit_bias stop seed';
/** The fields that each server's documentation names (those that matter here); any other one is an error. */
const known: Readonly<Record<Family, string>> = {
  openai: `${openaiFields} messages max_completion_tokens logprobs top_logprobs`,
  vllm: `${openaiFields} prompt messages max_tokens min_tokens top_k min_p repetition_penalty stop_token_ids logprobs top_logprobs add_generation_prompt continue_final_message return_tokens_as_token_ids`,
  'llama.cpp': `${openaiFields} prompt messages max_tokens top_k min_p typical_p repeat_penalty repeat_last_n dry_multiplier xtc_probability xtc_threshold mirostat mirostat_tau mirostat_eta top_n_sigma dynatemp_range dynatemp_exponent samplers n_probs post_sampling_probs logprobs top_logprobs cache_prompt`,
  'lm-studio': `${openaiFields} prompt messages max_tokens top_k repeat_penalty`,
  ollama: 'model stream prompt raw messages options logprobs top_logprobs',
};

export interface FakeOptions {
  readonly family: Family;
  /** Cuts the bytes of an answer into pieces. */
  readonly cut?: (bytes: Uint8Array) => readonly Uint8Array[];
  /** The most candidates; more is an error. */
  readonly maxCandidates?: number;
  /** Sees every request. */
  readonly onRequest?: (url: string, init: RequestInit) => Response | undefined;
}

const bytesOf = (token: string): number[] => [...new TextEncoder().encode(token)];
const error = (status: number, message: string): Response =>
  Response.json({ error: { message, type: 'invalid_request_error', param: null, code: null } }, { status });

interface Asked {
  readonly text: string;
  readonly steps: readonly FakeStep[];
  readonly stopped: boolean;
  /** Text before the stop string. */
  readonly limit: number;
}

function run(body: Body, maxTokens: number): Asked {
  const settings = (body.options ?? body) as Body;
  const prompt = body.messages ? JSON.stringify(body.messages) : String(body.prompt);
  const steps = [
    ...fakeSteps({
      prompt,
      temperature: Number(settings.temperature ?? 1),
      topK: Number(settings.top_k ?? 0),
      seed: settings.seed as number | undefined,
      maxTokens,
    }),
  ];
  const text = steps.map(({ token }) => token).join('');
  const stops = (settings.stop as string[] | undefined) ?? [];
  const places = stops.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
  return { text, steps, stopped: places.length > 0, limit: Math.min(text.length, ...places) };
}

/** Each token with the part of its text that a stop string leaves. */
function* pieces({ steps, limit }: Asked): Generator<readonly [step: FakeStep, text: string]> {
  let at = 0;
  for (const step of steps) {
    if (at >= limit) return;
    yield [step, step.token.slice(0, limit - at)];
    at += step.token.length;
  }
}

const entry = ({ id, token, logprob }: Omit<FakeStep, 'top'>, withId: boolean) => ({
  ...(withId && { id }),
  token,
  logprob,
  bytes: bytesOf(token),
});

function logprobsOf(step: FakeStep, family: Family, isChat: boolean, count: number): unknown {
  const top = step.top.slice(0, count);
  if (family === 'vllm' && !isChat)
    return {
      tokens: [step.token],
      token_logprobs: [step.logprob],
      top_logprobs: [Object.fromEntries([...top, step].map(({ token, logprob }) => [token, logprob]))],
      text_offset: [0],
    };
  const withId = family === 'llama.cpp';
  return { content: [{ ...entry(step, withId), top_logprobs: top.map((each) => entry(each, withId)) }] };
}

function openaiLines(family: Exclude<Family, 'ollama'>, body: Body, isChat: boolean): string[] {
  const count = Number((isChat ? body.top_logprobs : (body.n_probs ?? body.logprobs)) ?? 0);
  const wants = isChat ? body.logprobs === true : body.n_probs !== undefined || body.logprobs !== undefined;
  const asked = run(body, Number(body.max_tokens ?? body.max_completion_tokens ?? 16));
  const chunk = (choices: unknown[], usage?: unknown) => ({
    id: 'x',
    object: isChat ? 'chat.completion.chunk' : 'text_completion',
    created: 1,
    model: 'fake',
    choices,
    ...(usage !== undefined && { usage }),
  });
  const choice = (text: string, step: FakeStep | undefined, finish_reason: string | null) => ({
    index: 0,
    ...(isChat ? { delta: { content: text } } : { text }),
    logprobs: step && wants ? logprobsOf(step, family, isChat, count) : null,
    finish_reason,
  });
  const list = [...pieces(asked)];
  const reason = asked.stopped ? 'stop' : 'length';
  const usage = { prompt_tokens: 3, completion_tokens: list.length, total_tokens: 3 + list.length };
  const includes = (body.stream_options as Body | undefined)?.include_usage === true;
  const events = [
    ...(isChat
      ? [
          chunk([
            { index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null },
          ]),
        ]
      : []),
    ...list.map(([step, text]) => chunk([choice(text, step, null)])),
    chunk([choice('', undefined, reason)]),
    ...(includes ? [chunk([], usage)] : []),
  ];
  return [
    ': a comment\n\n',
    ...events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`),
    'data: [DONE]\n\n',
  ];
}

function ollamaLines(body: Body, isChat: boolean): string[] {
  const options = body.options as Body;
  const asked = run(body, Number(options.num_predict ?? 16));
  const list = [...pieces(asked)];
  const line = (text: string, more: object) => ({
    model: 'fake',
    created_at: '2026-01-01T00:00:00Z',
    ...(isChat ? { message: { role: 'assistant', content: text } } : { response: text }),
    ...more,
  });
  const count = Number(body.top_logprobs ?? 0);
  return [
    ...list.map(([step, text]) => {
      const { content } = logprobsOf(step, 'ollama', true, count) as { content: unknown };
      return line(text, { done: false, ...(body.logprobs === true && { logprobs: content }) });
    }),
    line('', {
      done: true,
      done_reason: asked.stopped ? 'stop' : 'length',
      prompt_eval_count: 3,
      eval_count: list.length,
    }),
  ].map((each) => `${JSON.stringify(each)}\n`);
}

/** The bytes as a body that the signal can break off. */
function streamed(
  chunks: readonly Uint8Array[],
  signal: AbortSignal | null | undefined,
): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted) return controller.error(signal.reason);
      const next = left.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
  });
}

/** A `fetch` that answers as one of the other servers does, by its documentation. */
export function fakeServer({
  family,
  cut = (bytes) => [bytes],
  maxCandidates = 20,
  onRequest,
}: FakeOptions): typeof fetch {
  return async (input, init = {}) => {
    const url = String(input);
    init.signal?.throwIfAborted();
    const answer = onRequest?.(url, init);
    if (answer) return answer;
    if (url.endsWith('/models'))
      return Response.json({ object: 'list', data: [{ id: 'fake', max_model_len: 512 }] });
    const body = JSON.parse(String(init.body)) as Body;
    if (url.endsWith('/api/show'))
      return Response.json({ model_info: { 'llama.context_length': 512, 'llama.vocab_size': 14 } });
    const stranger = Object.keys(body).find((field) => !known[family].split(' ').includes(field));
    if (stranger) return error(400, `unknown field ${stranger}`);
    if (
      Math.max(Number(body.top_logprobs ?? 0), Number(body.n_probs ?? 0), Number(body.logprobs ?? 0)) >
      maxCandidates
    )
      return error(400, 'too many logprobs');
    const isChat = body.messages !== undefined;
    const lines = family === 'ollama' ? ollamaLines(body, isChat) : openaiLines(family, body, isChat);
    const bytes = new TextEncoder().encode(lines.join(''));
    return new Response(streamed(lines.length > 0 ? cut(bytes) : [], init.signal), { status: 200 });
  };
}
