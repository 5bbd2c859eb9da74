/** What the clients of a round have seen. */
export interface ClientReport {
  readonly requests: number;
  /** Requests without a whole answer. */
  readonly lost: number;
  /** Streams that do not hold what the same request gave before, or another stream's id. */
  readonly mixed: number;
  readonly tokens: number;
  /** Milliseconds of each request. */
  readonly latencies: readonly number[];
  /** Milliseconds until each request's first text. */
  readonly firstTokens: readonly number[];
}

const prompts = ['Once upon a time', 'The little dog', 'One day, Lily', 'Tom was sad because'];
const answers = new Map<string, string>();

interface Stream {
  readonly text: string;
  readonly tokens: number;
  readonly firstToken: number;
  /** Whether all chunks had the same id. */
  readonly isOne: boolean;
}

async function readStream(response: Response, begin: number): Promise<Stream | undefined> {
  let rest = '';
  let text = '';
  let tokens = 0;
  let firstToken = Number.NaN;
  let isDone = false;
  const ids = new Set<string>();
  const decoder = new TextDecoder();
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    const events = (rest + decoder.decode(piece, { stream: true })).split('\n\n');
    rest = events.pop()!;
    for (const event of events) {
      if (!event.startsWith('data: ')) continue;
      if (event === 'data: [DONE]') isDone = true;
      else {
        const { id, choices, usage } = JSON.parse(event.slice(6)) as {
          id: string;
          choices: { text: string }[];
          usage?: { completion_tokens: number } | null;
        };
        ids.add(id);
        if (Number.isNaN(firstToken)) firstToken = performance.now() - begin;
        text += choices[0]?.text ?? '';
        tokens = usage?.completion_tokens ?? tokens;
      }
    }
  }
  return isDone ? { text, tokens, firstToken, isOne: ids.size === 1 } : undefined;
}

/** One client: streams one text after the other until the time is over. The same request must give the same text. */
export async function runClient(url: string, client: number, end: number): Promise<ClientReport> {
  const latencies: number[] = [];
  const firstTokens: number[] = [];
  let [requests, lost, mixed, tokens] = [0, 0, 0, 0];
  do {
    const seed = client * 1000 + (requests % 5);
    const prompt = prompts[(client + requests) % prompts.length]!;
    const body = {
      prompt,
      seed,
      max_tokens: 24 + (client % 7) * 8,
      temperature: 0.9,
      stream: true,
      stream_options: { include_usage: true },
    };
    const begin = performance.now();
    requests++;
    try {
      const response = await fetch(`${url}/v1/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const stream = response.ok ? await readStream(response, begin) : undefined;
      if (!stream) {
        lost++;
        continue;
      }
      latencies.push(performance.now() - begin);
      firstTokens.push(stream.firstToken);
      tokens += stream.tokens;
      const key = JSON.stringify(body);
      const known = answers.get(key) ?? stream.text;
      answers.set(key, known);
      if (!stream.isOne || known !== stream.text) mixed++;
    } catch {
      lost++;
    }
  } while (performance.now() < end);
  return { requests, lost, mixed, tokens, latencies, firstTokens };
}
