import {
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  type LogitsProcessor,
  NextTokenError,
  type Random,
  type Sampler,
  type Session,
  type Tokenizer,
} from '@nexttoken/model';
import { greedy } from '@nexttoken/sampling';
import type { ObjectProcessor } from '../constraint/constraining-processor';
import { constraintsOf } from '../constraint/constraints-of';
import type { Draft } from '../draft/draft';
import type { GenerateCapture } from '../events/generate-event';
import { type CompiledProcessors, compileProcessors } from '../row/compile-processors';
import type { Row } from '../row/row';
import { checkCount } from './check-count';
import type { GenerateOptions } from './generate-options';
import { resolveDraft } from './resolve-draft';
import { type Limits, resolveLimits } from './resolve-limits';
import { resolveNegative } from './resolve-negative';
import { resolveObject } from './resolve-object';
import { resolveProcessors } from './resolve-processors';
import { resolvePrompts } from './resolve-prompts';
import { resolveRandoms } from './resolve-randoms';
import { checkRowCount, resolveSession } from './resolve-session';
import { resolveStops, type Stops } from './resolve-stops';

/** One row before it begins. */
export interface RowPlan {
  readonly index: number;
  readonly batchItem: number;
  readonly promptIds: Int32Array;
  readonly random: Random;
  /** The ids of its guidance row. */
  readonly negativeIds: Int32Array | undefined;
  /** Where the row goes on from, if it is not its prompt's end. */
  readonly resume?: RowResume;
}

/** A row in the middle of its text. */
interface RowResume {
  /** How many of its ids are the prompt; the others are kept as its first new ones. */
  readonly promptLength: number;
  readonly processorStates: readonly unknown[];
  readonly samplerState: unknown;
}

/** The options, checked and with their defaults: all that the loop needs. */
export interface GenerationPlan extends Limits, Stops {
  readonly model: LanguageModel;
  readonly session: Session | undefined;
  readonly tokenizer: Tokenizer | undefined;
  readonly rows: readonly RowPlan[];
  /** How many prompts there are. */
  readonly prompts: number;
  readonly previousIds: ArrayLike<number>;
  readonly processors: readonly LogitsProcessor[];
  readonly compiled: CompiledProcessors;
  readonly sampler: Sampler;
  readonly draft: Draft | undefined;
  /** Whether there is a grammar among the processors. */
  readonly constrained: boolean;
  readonly object: ObjectProcessor | undefined;
  readonly jumpForward: boolean;
  readonly skipSpecialTokens: boolean;
  readonly capture: GenerateCapture;
  readonly signal: AbortSignal | undefined;
  /** Looks at each row before its first token and behind each one. */
  readonly observe?: (row: Row) => void;
}

const owner = 'generate';
/** Every name of an option. */
export const generateOptionNames: readonly string[] = Object.keys({
  model: 0,
  tokenizer: 0,
  prompt: 0,
  prompts: 0,
  numReturnSequences: 0,
  addSpecialTokens: 0,
  processors: 0,
  object: 0,
  jumpForward: 0,
  negativePrompt: 0,
  sampler: 0,
  random: 0,
  seed: 0,
  seeds: 0,
  maxNewTokens: 0,
  minNewTokens: 0,
  maxLength: 0,
  maxTime: 0,
  endTokenIds: 0,
  stopTokenIds: 0,
  stopStrings: 0,
  stopWhen: 0,
  endTokenInTop: 0,
  contextOverflow: 0,
  draft: 0,
  skipSpecialTokens: 0,
  signal: 0,
  capture: 0,
  session: 0,
  previousIds: 0,
} satisfies Record<keyof GenerateOptions, 0>);

function resolveSampler({ sampler = greedy() }: GenerateOptions): Sampler {
  if (sampler?.kind === 'sampler') return sampler;
  throw invalidParameter(owner, 'sampler', sampler, 'a sampler');
}

/**
 * Checks every option and fills in the defaults; nothing runs.
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`, `unsupported-capability`, and what
 *   {@link resolvePrompts} throws
 */
export function planGeneration(options: GenerateOptions): GenerationPlan {
  checkOptionNames(owner, options, generateOptionNames);
  const { model, tokenizer, session, signal, capture = {}, skipSpecialTokens = true } = options;
  const { numReturnSequences = 1 } = options;
  if (typeof model?.createSession !== 'function') {
    throw invalidParameter(owner, 'model', model, 'a language model');
  }
  const limits = resolveLimits(options);
  checkCount(owner, 'numReturnSequences', numReturnSequences, 1);
  if (options.skipSpecialTokens !== undefined && !tokenizer) {
    throw new NextTokenError('unsupported-option', 'generate: skipSpecialTokens needs a tokenizer', {
      owner,
      option: 'skipSpecialTokens',
    });
  }
  checkOptionNames('generate: capture', capture, ['logits', 'scores', 'trace']);
  const object = resolveObject(options);
  const processors = [
    ...(object ? [object] : []),
    ...resolveProcessors(owner, options.processors, ['siblings']),
  ];
  const guided = processors.some(({ requires }) => requires?.guidance);
  const negative = resolveNegative(options, guided);
  const rows = (options.prompts?.length ?? 1) * numReturnSequences;
  const cached = resolveSession(options, rows, guided);
  const prompts = resolvePrompts(options, cached, limits.slideTo !== undefined);
  checkRowCount(model, guided ? 2 * rows : rows);
  const randoms = resolveRandoms(options, rows);
  return {
    ...resolveStops(options),
    ...limits,
    model,
    session,
    tokenizer,
    prompts: prompts.length,
    rows: randoms.map((random, index) => {
      const batchItem = Math.floor(index / numReturnSequences);
      const promptIds = prompts[batchItem]!;
      const negativeIds = guided ? (negative ?? promptIds.slice(-1)) : undefined;
      return { index, batchItem, promptIds, random, negativeIds };
    }),
    previousIds: options.previousIds ?? [],
    processors,
    compiled: compileProcessors(processors),
    sampler: resolveSampler(options),
    draft: resolveDraft(options),
    constrained: constraintsOf(processors, []).length > 0,
    object,
    jumpForward: options.jumpForward ?? true,
    skipSpecialTokens,
    capture,
    signal,
  };
}
