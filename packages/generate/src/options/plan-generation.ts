import {
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  type LogitsProcessor,
  NextTokenError,
  type Random,
  type Sampler,
  type Session,
  type StepCapture,
  type Tokenizer,
} from '@nexttoken/model';
import { createRandom } from '@nexttoken/numeric';
import { greedy } from '@nexttoken/sampling';
import type { GenerateOptions } from './generate-options';
import { resolveProcessors } from './resolve-processors';
import { resolvePrompt } from './resolve-prompt';
import { resolveStops } from './resolve-stops';

/** The options, checked and with their defaults: all that the loop needs. */
export interface GenerationPlan {
  readonly model: LanguageModel;
  readonly session: Session | undefined;
  readonly tokenizer: Tokenizer | undefined;
  readonly promptIds: Int32Array;
  readonly previousIds: ArrayLike<number>;
  readonly processors: readonly LogitsProcessor[];
  readonly sampler: Sampler;
  readonly random: Random;
  readonly maxNewTokens: number;
  readonly endTokenIds: ReadonlySet<number>;
  readonly stopStrings: readonly string[];
  readonly skipSpecialTokens: boolean;
  readonly capture: StepCapture;
  readonly signal: AbortSignal | undefined;
}

const optionNames: readonly string[] = Object.keys({
  model: 0,
  tokenizer: 0,
  prompt: 0,
  addSpecialTokens: 0,
  processors: 0,
  sampler: 0,
  random: 0,
  seed: 0,
  maxNewTokens: 0,
  endTokenIds: 0,
  stopStrings: 0,
  skipSpecialTokens: 0,
  signal: 0,
  capture: 0,
  session: 0,
  previousIds: 0,
} satisfies Record<keyof GenerateOptions, 0>);

function resolveRandom({ random, seed }: GenerateOptions): Random {
  if (random === undefined) return createRandom(seed ?? 0);
  if (seed === undefined) return random;
  throw invalidParameter('generate', 'seed', seed, 'left out when `random` is given');
}

function resolveSampler({ sampler = greedy() }: GenerateOptions): Sampler {
  if (sampler?.kind === 'sampler') return sampler;
  throw invalidParameter('generate', 'sampler', sampler, 'a sampler');
}

function resolveSession({ session, previousIds, processors }: GenerateOptions): number {
  if (session && session.rowCount !== 1) {
    throw invalidParameter('generate', 'session.rowCount', session.rowCount, '1');
  }
  const cached = session?.lengths[0] ?? 0;
  const needed = processors !== undefined && cached > 0;
  if (previousIds === undefined ? needed : previousIds.length !== cached) {
    const expected = `the ${cached} ids that the session holds (processors may look back at them)`;
    throw invalidParameter('generate', 'previousIds', previousIds, expected);
  }
  return cached;
}

/**
 * Checks every option and fills in the defaults; nothing runs.
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`, `unsupported-capability`, and what
 *   {@link resolvePrompt} throws
 */
export function planGeneration(options: GenerateOptions): GenerationPlan {
  checkOptionNames('generate', options, optionNames);
  const { model, tokenizer, maxNewTokens, session, signal, capture = {}, skipSpecialTokens = true } = options;
  if (typeof model?.createSession !== 'function') {
    throw invalidParameter('generate', 'model', model, 'a language model');
  }
  if (!Number.isSafeInteger(maxNewTokens) || maxNewTokens < 0) {
    throw invalidParameter('generate', 'maxNewTokens', maxNewTokens, 'an integer >= 0');
  }
  if (options.skipSpecialTokens !== undefined && !tokenizer) {
    throw new NextTokenError('unsupported-option', 'generate: skipSpecialTokens needs a tokenizer', {
      owner: 'generate',
      option: 'skipSpecialTokens',
    });
  }
  checkOptionNames('generate: capture', capture, ['logits', 'scores']);
  const processors = resolveProcessors(options.processors);
  const cached = resolveSession(options);
  return {
    ...resolveStops(options),
    model,
    session,
    tokenizer,
    promptIds: resolvePrompt(options, cached),
    previousIds: options.previousIds ?? [],
    processors,
    sampler: resolveSampler(options),
    random: resolveRandom(options),
    maxNewTokens,
    skipSpecialTokens,
    capture,
    signal,
  };
}
