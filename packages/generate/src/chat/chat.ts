import { type ChatMessage, checkOptionNames, invalidParameter, NextTokenError } from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import type { GenerateCapture, GenerateEvent } from '../events/generate-event';
import { generate } from '../loop/generate';
import { checkCount } from '../options/check-count';
import { generateOptionNames } from '../options/plan-generation';
import type { ChatOptions, TrimEvent } from './chat-options';
import { fitMessages } from './fit-messages';
import { KeptSession } from './kept-session';

const owner = 'chat';
const decided = [
  'prompt',
  'prompts',
  'numReturnSequences',
  'addSpecialTokens',
  'negativePrompt',
  'seeds',
  'session',
  'previousIds',
  'signal',
  'contextOverflow',
  'object',
];
const optionNames = [
  ...generateOptionNames.filter((name) => !decided.includes(name)),
  'chatTemplate',
  'messages',
  'maxPromptTokens',
  'template',
];

/** A conversation with a model. */
export interface Chat<Capture extends GenerateCapture = GenerateCapture> {
  /** All messages so far, the answers included. */
  readonly messages: readonly ChatMessage[];
  /**
   * Says something and streams the answer; the answer joins `messages` when it ends, also when it was aborted
   * or the consumer left.
   * @param message a text of the user's, or a message
   * @throws NextTokenError `session-busy` while an answer is running, `disposed`, `chat-template`, `context-overflow`,
   *   and what `generate` throws; after an error `messages` is as before
   */
  send(
    message: string | ChatMessage,
    options?: { readonly signal?: AbortSignal | undefined },
  ): AsyncGenerator<GenerateEvent<Capture> | TrimEvent, void, undefined>;
  /** Frees the session. Idempotent. */
  dispose(): Promise<void>;
}

function checkOptions({
  model,
  tokenizer,
  chatTemplate,
  messages,
  maxPromptTokens,
  ...rest
}: ChatOptions): void {
  checkOptionNames(owner, { model, ...rest }, optionNames);
  if (typeof model?.createSession !== 'function')
    throw invalidParameter(owner, 'model', model, 'a language model');
  if (typeof tokenizer?.encode !== 'function')
    throw invalidParameter(owner, 'tokenizer', tokenizer, 'a tokenizer');
  if (typeof chatTemplate?.render !== 'function') {
    throw invalidParameter(owner, 'chatTemplate', chatTemplate, 'a chat template');
  }
  if (messages !== undefined && !Array.isArray(messages)) {
    throw invalidParameter(owner, 'messages', messages, 'a list of messages');
  }
  if (maxPromptTokens !== undefined) checkCount(owner, 'maxPromptTokens', maxPromptTokens, 1);
}

/**
 * A conversation: messages → template → ids → {@link generate} → answer, streamed.
 *
 * The KV cache is kept between answers: what the model has read already is not read again (as far as the rendered
 * messages begin alike). When the messages no longer fit, the oldest turns are left out and a `trim` event says so.
 * The notebook's stop rule (end as soon as the end token is among the k best) is `endTokenInTop: k`.
 *
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`
 */
export function chat<const Capture extends GenerateCapture = GenerateCapture>(
  options: ChatOptions<Capture>,
): Chat<Capture> {
  checkOptions(options);
  const {
    chatTemplate,
    messages: given = [],
    maxPromptTokens,
    template,
    seed,
    random: source,
    ...shared
  } = options;
  const { model, tokenizer, maxNewTokens = 0 } = shared;
  const { contextLength } = model.capabilities;
  const limit = Math.min(maxPromptTokens ?? contextLength - maxNewTokens, contextLength);
  const random = source ?? createRandom(seed ?? 0);
  const kept = new KeptSession(model);
  let messages: readonly ChatMessage[] = [...given];
  let busy = false;
  let disposed = false;

  const encode = (list: readonly ChatMessage[]): Int32Array =>
    tokenizer.encode(chatTemplate.render(list, { ...template, addGenerationPrompt: true }), {
      addSpecialTokens: false,
    }).ids;

  async function* answer(
    asked: readonly ChatMessage[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<GenerateEvent<Capture> | TrimEvent, void, undefined> {
    const { ids, left } = fitMessages(asked, limit, encode);
    if (left.length > 0) yield { type: 'trim', left, promptTokens: ids.length };
    const { session, cached } = await kept.at(ids);
    const all = Array.from(ids);
    let text = '';
    let failed = true;
    try {
      for await (const event of generate<Capture>({
        ...shared,
        random,
        session,
        prompt: ids.subarray(cached),
        previousIds: ids.subarray(0, cached),
        signal,
      })) {
        if (event.type === 'step') all.push(event.id);
        if (event.type === 'forced') all.push(...event.ids);
        if (event.type === 'text') text += event.text;
        // From here on only the consumer can end it.
        failed = false;
        yield event;
        failed = true;
      }
      failed = false;
    } finally {
      if (failed) await kept.drop();
      else {
        kept.keep(all);
        messages = [...asked, { role: 'assistant', content: text }];
      }
    }
  }

  return {
    get messages() {
      return messages;
    },
    async *send(message, { signal } = {}) {
      if (disposed) throw new NextTokenError('disposed', 'chat: it was disposed');
      if (busy) throw new NextTokenError('session-busy', 'chat: an answer is running', { running: 'send' });
      busy = true;
      try {
        yield* answer(
          [...messages, typeof message === 'string' ? { role: 'user', content: message } : message],
          signal,
        );
      } finally {
        busy = false;
        if (disposed) await kept.drop();
      }
    },
    async dispose() {
      disposed = true;
      if (!busy) await kept.drop();
    },
  };
}
