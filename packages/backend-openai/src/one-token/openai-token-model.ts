import {
  type Capabilities,
  invalidParameter,
  type LanguageModel,
  NextTokenError,
  type Session,
  type SessionOptions,
} from '@nexttoken/model';
import { checkSessionOptions } from '@nexttoken/model/session-calls';
import { resolveDialect } from '../dialects/dialects';
import { createHttpClient } from '../http/http-client';
import { checkServerOptions, type ServerOptions } from '../http/server-options';
import type { ServerLimits } from '../probe/server-limits';
import { TokenSession } from './token-session';

const owner = 'openAITokenModel';

export interface TokenModelOptions extends ServerOptions {
  /** What `probeServer` has found. */
  readonly limits: ServerLimits;
  /** How many of the best tokens are asked for at every step, an integer >= 1; default: as many as there are. */
  readonly top?: number | undefined;
  /** How many ids there are; needed where the server does not tell. */
  readonly vocabSize?: number | undefined;
  /** The most positions; needed where the server does not tell. */
  readonly contextLength?: number | undefined;
}

function known(
  name: 'vocabSize' | 'contextLength',
  given: number | undefined,
  told: number | undefined,
): number {
  const value = given ?? told;
  if (Number.isInteger(value) && value! >= 1) return value!;
  throw invalidParameter(owner, name, value, 'an integer >= 1 (the server does not tell it)');
}

/**
 * A model on a server, one token at a time: the server tells the best tokens of the next place, and choosing is done
 * here, with our processors, beams and views.
 *
 * `logits_i = log p_i` of the `top` best tokens (raw logits from `nexttoken serve`), -Infinity for all others:
 * `capabilities.logits` is `{ top }`, or `full` where that is the whole vocabulary.
 *
 * @param options `baseURL`, `model`, `dialect`, `limits`; `top`, `vocabSize`, `contextLength`
 * @throws NextTokenError `unsupported-option` for a dialect whose candidates have no ids (details: option `dialect`);
 *   `invalid-parameter`
 *
 * Cost: one request a step, which says the whole text; servers with a prefix cache read the new ids only.
 */
export function openAITokenModel(options: TokenModelOptions): LanguageModel {
  checkServerOptions(owner, options, ['limits', 'top', 'vocabSize', 'contextLength']);
  const { model, limits, baseURL } = options;
  const dialect = resolveDialect(owner, options.dialect);
  if (!dialect.oneToken || limits.maxCandidates < 1) {
    const message = `${owner}: a server of the kind ${dialect.name} names no ids for its candidates`;
    throw new NextTokenError('unsupported-option', message, {
      owner,
      option: 'dialect',
      dialect: dialect.name,
    });
  }
  const vocabSize = known('vocabSize', options.vocabSize, limits.vocabSize);
  const contextLength = known('contextLength', options.contextLength, limits.contextLength);
  const most = Math.min(limits.maxCandidates, vocabSize);
  const { top = most } = options;
  if (!Number.isInteger(top) || top < 1 || top > most)
    throw invalidParameter(owner, 'top', top, `an integer in [1, ${most}]`);
  const capabilities: Capabilities = {
    logits: top === vocabSize ? 'full' : { top },
    allPositions: false,
    hiddenStates: false,
    attention: false,
    maxRows: Number.POSITIVE_INFINITY,
    select: true,
    truncate: true,
    fork: true,
    contextLength,
    device: 'server',
  };
  const asking = { client: createHttpClient(options), dialect, model, vocabSize, top };
  const open = new Set<Session>();
  let disposed = false;
  return {
    specification: 'nexttoken-model-1',
    modelId: model,
    vocabSize,
    capabilities,
    async createSession(options: SessionOptions = {}) {
      if (disposed) throw new NextTokenError('disposed', `${owner}: the model was disposed`);
      const rows = checkSessionOptions(options, capabilities);
      return new TokenSession(
        asking,
        capabilities,
        open,
        Array.from({ length: rows }, () => []),
      );
    },
    describe: () => ({
      backend: 'openai',
      device: 'server',
      dtype: 'unknown',
      cache: "the server's",
      url: baseURL,
      dialect: dialect.name,
      numbers: dialect.oneToken!.logits ? 'raw logits' : 'log-probabilities',
    }),
    async dispose() {
      disposed = true;
      await Promise.all(Array.from(open, (session) => session.dispose()));
    },
  };
}
