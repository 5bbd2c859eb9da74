import type {
  StreamEvent,
  StreamFinishEvent,
  StreamModel,
  StreamPrompt,
  StreamPromptKind,
  StreamRequest,
  StreamToken,
} from '@nexttoken/model';
import { check, fail } from '../check/check';
import type { LiveHandles } from '../kit/backend-test-options';
import { greedySampler } from './sampling-data';
import type { StreamTestOptions } from './stream-test-options';

/** A stream that was read to its end. */
interface StreamRead {
  readonly events: readonly StreamEvent[];
  /** Of all deltas. */
  readonly text: string;
  /** Of all deltas. */
  readonly tokens: readonly StreamToken[];
  readonly finish: StreamFinishEvent;
}

/** What every test of the stream kit works with. */
export interface StreamKit {
  readonly model: StreamModel;
  readonly secrets: readonly string[];
  readonly maxNewTokens: number;
  readonly liveHandles: (() => LiveHandles | Promise<LiveHandles>) | undefined;
  /** The prompts of one form; empty where there are none. */
  prompts(kind: StreamPromptKind): readonly StreamPrompt[];
  /** A plain request: a prompt in the first form that the model takes, and the kit's length where that can be said. */
  request(more?: Partial<StreamRequest>, index?: number): StreamRequest;
  /** A request that always gives the same text: greedy where that is offered, else with a seed. */
  steady(more?: Partial<StreamRequest>, index?: number): StreamRequest;
  /** Reads a stream to its end; fails where it does not end with one `finish`. */
  read(request: StreamRequest, model?: StreamModel): Promise<StreamRead>;
  /** A further model, disposed after the test. */
  createModel(): Promise<StreamModel>;
  cleanUp(): Promise<void>;
}

const beginnings = ['Once upon a time', 'The little dog ran to the', 'One day, a girl named Lily'];

/** Makes a model and wraps it for one run of the kit. */
export async function createStreamKit(options: StreamTestOptions): Promise<StreamKit> {
  const model = await options.createModel();
  const { maxNewTokens = 16 } = options;
  const { text = beginnings, ids = [], messages } = options.prompts ?? {};
  const chats = messages ?? beginnings.map((content) => [{ role: 'user', content }]);
  const prompts: Record<StreamPromptKind, readonly StreamPrompt[]> = {
    text: text.map((one) => ({ text: one })),
    ids: ids.map((one) => ({ ids: one })),
    messages: chats.map((one) => ({ messages: one })),
  };
  const { capabilities } = model;
  const leftOpen: StreamModel[] = [];

  const request = (more: Partial<StreamRequest> = {}, index = 0): StreamRequest => {
    const kind = capabilities.prompts.find((name) => prompts[name].length > 0);
    if (!kind) fail(`no prompt of the forms that the model takes: ${capabilities.prompts}`);
    const prompt = prompts[kind][index % prompts[kind].length]!;
    return { prompt, ...(capabilities.options.includes('maxNewTokens') && { maxNewTokens }), ...more };
  };
  return {
    model,
    secrets: options.secrets ?? [],
    maxNewTokens,
    liveHandles: options.liveHandles,
    prompts: (kind) => prompts[kind],
    request,
    steady(more = {}, index = 0) {
      const greedy = capabilities.samplers.includes('greedy');
      return request({ ...(greedy ? { sampler: greedySampler } : { seed: 7 }), ...more }, index);
    },
    read: (asked, from = model) => readStream(from.stream(asked)),
    async createModel() {
      const made = await options.createModel();
      leftOpen.push(made);
      return made;
    },
    async cleanUp() {
      while (leftOpen.length > 0) await leftOpen.pop()?.dispose();
    },
  };
}

async function readStream(stream: AsyncIterable<StreamEvent>): Promise<StreamRead> {
  const events: StreamEvent[] = [];
  for await (const event of stream) events.push(event);
  const finish = events.find((event) => event.type === 'finish');
  check(finish !== undefined, `the stream ended without a finish event, after ${events.length} events`);
  const deltas = events.filter((event) => event.type === 'delta');
  const text = deltas.map((delta) => delta.text).join('');
  return { events, text, tokens: deltas.flatMap((delta) => delta.tokens ?? []), finish };
}
