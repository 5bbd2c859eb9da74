import {
  type LogitsProcessor,
  NextTokenError,
  type Random,
  type StreamEvent,
  type StreamFinishReason,
  type StreamRequest,
  type StreamToken,
  streamProcessors,
} from '@nexttoken/model';
import { argmax, createRandom, kthLargest, logSoftmax, topIndices } from '@nexttoken/numeric';
import type { CachedPosition, ReferenceNetwork } from '../reference-network';
import { bytesOf, endId, idsOf } from './reference-vocabulary';
import { StopCutter } from './stop-cutter';

const describeToken = (id: number) => ({
  id,
  text: new TextDecoder().decode(bytesOf(id)),
  bytes: bytesOf(id),
});

/** Seeds of requests without one: each gets another, and a test that runs again gets the same. */
let unasked = 1_000_000;

/** Writes one text, token by token. */
export class ReferenceWriter {
  readonly #past: CachedPosition[] = [];
  readonly #decoder = new TextDecoder();
  readonly #promptTokens: StreamToken[] = [];
  readonly #cutter: Pick<StopCutter, 'push' | 'flush'>;
  readonly #random: Random;
  #pending: StreamFinishReason | undefined;
  #logits = new Float32Array();
  protected count = 0;
  #text = '';

  constructor(
    protected readonly network: ReferenceNetwork,
    protected readonly request: StreamRequest,
  ) {
    this.#cutter = this.cutter(request.stopStrings ?? []);
    this.#random = createRandom(request.seed ?? unasked++);
    for (const id of idsOf(request.prompt)) {
      const logprobs = this.#past.length > 0 ? logSoftmax(this.#logits) : undefined;
      this.#promptTokens.push(this.token(id, logprobs, request.promptLogprobs));
      this.read(id);
    }
  }

  *prompt(): Generator<StreamEvent> {
    if (this.request.promptLogprobs !== undefined) yield { type: 'prompt', tokens: this.#promptTokens };
  }

  /** The next event; `undefined` while there is nothing to tell. */
  next(): StreamEvent | undefined {
    const { request } = this;
    if (this.#pending) return this.finish(this.#pending);
    if (this.count === (request.maxNewTokens ?? 100)) return this.end('max-new-tokens');
    const id = this.choose();
    const token = this.token(id, logSoftmax(this.#logits), request.logprobs);
    this.count++;
    if (id === endId) return this.end('end-token', [token]);
    if (request.stopTokenIds?.includes(id)) return this.end('stop-token', [token]);
    const { text, stopped } = this.#cutter.push(this.decode(id));
    if (stopped) {
      this.#pending = 'stop-string';
      return this.delta(text, [token]);
    }
    this.read(id);
    return this.delta(text, [token]);
  }

  /** What was held back, then the finish. */
  protected end(reason: StreamFinishReason, tokens: readonly StreamToken[] = []): StreamEvent | undefined {
    this.#pending = reason;
    const { text, stopped } = this.#cutter.push(this.#decoder.decode());
    return this.delta(stopped ? text : text + this.#cutter.flush(), tokens);
  }

  protected cutter(stops: readonly string[]): Pick<StopCutter, 'push' | 'flush'> {
    return new StopCutter(stops);
  }

  protected finish(reason: StreamFinishReason): StreamEvent {
    const usage = { promptTokens: this.#promptTokens.length, newTokens: this.count };
    return { type: 'finish', reason, text: this.#text, usage };
  }

  protected delta(text: string, tokens: readonly StreamToken[]): StreamEvent | undefined {
    this.#text += text;
    const asked = this.request.logprobs !== undefined;
    if (text === '' && !(asked && tokens.length > 0)) return undefined;
    return { type: 'delta', text, ...(asked && { tokens }) };
  }

  protected decode(id: number): string {
    return this.#decoder.decode(bytesOf(id), { stream: true });
  }

  protected read(id: number): void {
    const { entry, logits } = this.network.next(this.#past, id);
    this.#past.push(entry);
    this.#logits = logits as Float32Array<ArrayBuffer>;
  }

  protected processors(): readonly LogitsProcessor[] {
    return streamProcessors(this.request);
  }

  protected choose(): number {
    const scores = this.#logits.slice();
    if (this.count < (this.request.minNewTokens ?? 0)) scores[endId] = Number.NEGATIVE_INFINITY;
    for (const { type, parameters } of this.processors()) {
      if (type === 'temperature') divide(scores, parameters.temperature as number);
      else keepBest(scores, parameters);
    }
    if (this.request.sampler?.type === 'greedy') return argmax(scores);
    const draw = this.#random.next();
    let rest = draw;
    const id = logSoftmax(scores).findIndex((logprob) => {
      rest -= Math.exp(logprob);
      return rest < 0;
    });
    return id < 0 ? argmax(scores) : id;
  }

  protected token(id: number, logprobs: Float32Array | undefined, wanted = 0): StreamToken {
    if (!logprobs) return { ...describeToken(id), candidates: [] };
    const best = wanted > 0 ? Array.from(topIndices(logprobs, wanted)) : [];
    const candidates = best.map((other) => ({ ...describeToken(other), logprob: logprobs[other]! }));
    return { ...describeToken(id), logprob: logprobs[id]!, candidates };
  }
}

function divide(scores: Float32Array, temperature: number): void {
  scores.forEach((score, id) => {
    scores[id] = score / temperature;
  });
}

function keepBest(
  scores: Float32Array,
  { k, minTokensToKeep = 1, ...more }: Readonly<Record<string, unknown>>,
): void {
  const [parameter] = Object.keys(more);
  if (parameter !== undefined) {
    const details = { option: 'processors', processor: 'topK', parameter };
    throw new NextTokenError('unsupported-option', `topK: ${parameter} is not offered`, details);
  }
  const limit = kthLargest(scores, Math.max(k as number, minTokensToKeep as number));
  scores.forEach((score, id) => {
    if (score < limit) scores[id] = Number.NEGATIVE_INFINITY;
  });
}
