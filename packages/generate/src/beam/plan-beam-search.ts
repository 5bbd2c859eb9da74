import {
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  type LogitsProcessor,
  NextTokenError,
  type Random,
  type Tokenizer,
} from '@nexttoken/model';
import { checkCount } from '../options/check-count';
import { resolveLimits } from '../options/resolve-limits';
import { resolveProcessors } from '../options/resolve-processors';
import { resolvePrompts } from '../options/resolve-prompts';
import { resolveRandoms } from '../options/resolve-randoms';
import { resolveStops } from '../options/resolve-stops';
import type { BeamSearchOptions, BeamStopContext } from './beam-search-options';
import { flattenChains } from './flatten-chains';

/** The options, checked and with their defaults. */
export interface BeamPlan {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer | undefined;
  readonly prompts: readonly Int32Array[];
  readonly processors: readonly LogitsProcessor[];
  readonly groups: number;
  /** Beams of a group. */
  readonly groupSize: number;
  readonly lengthPenalty: number;
  readonly earlyStopping: boolean | 'never';
  readonly numReturnSequences: number;
  /** One a prompt, where candidates are drawn. */
  readonly randoms: readonly Random[] | undefined;
  readonly maxNewTokens: number;
  readonly maxLength: number;
  readonly minNewTokens: number;
  /** Seconds. */
  readonly maxTime: number;
  readonly endTokenIds: ReadonlySet<number>;
  readonly stopStrings: readonly string[];
  readonly stopWhen: ((context: BeamStopContext) => boolean) | undefined;
  readonly padTokenId: number | undefined;
  readonly skipSpecialTokens: boolean;
  readonly signal: AbortSignal | undefined;
}

const owner = 'beamSearch';
const optionNames: readonly string[] = Object.keys({
  model: 0,
  tokenizer: 0,
  prompt: 0,
  prompts: 0,
  addSpecialTokens: 0,
  processors: 0,
  numBeams: 0,
  numBeamGroups: 0,
  lengthPenalty: 0,
  earlyStopping: 0,
  numReturnSequences: 0,
  sample: 0,
  random: 0,
  seed: 0,
  maxNewTokens: 0,
  maxLength: 0,
  minNewTokens: 0,
  maxTime: 0,
  endTokenIds: 0,
  stopStrings: 0,
  stopWhen: 0,
  padTokenId: 0,
  skipSpecialTokens: 0,
  signal: 0,
} satisfies Record<keyof BeamSearchOptions, 0>);

function checkBeams(options: BeamSearchOptions): void {
  const {
    numBeams,
    numBeamGroups = 1,
    lengthPenalty = 1,
    earlyStopping = false,
    numReturnSequences = 1,
  } = options;
  checkCount(owner, 'numBeams', numBeams, 1);
  checkCount(owner, 'numBeamGroups', numBeamGroups, 1);
  if (numBeams % numBeamGroups !== 0) {
    throw invalidParameter(owner, 'numBeamGroups', numBeamGroups, `a divisor of numBeams, ${numBeams}`);
  }
  if (!Number.isFinite(lengthPenalty)) {
    throw invalidParameter(owner, 'lengthPenalty', lengthPenalty, 'a finite number');
  }
  if (![true, false, 'never'].includes(earlyStopping)) {
    throw invalidParameter(owner, 'earlyStopping', earlyStopping, "true, false or 'never'");
  }
  checkCount(owner, 'numReturnSequences', numReturnSequences, 1);
  if (numReturnSequences > numBeams) {
    throw invalidParameter(owner, 'numReturnSequences', numReturnSequences, `at most numBeams, ${numBeams}`);
  }
  const { sample = false, seed, random } = options;
  if (sample && numBeamGroups > 1) {
    throw invalidParameter(owner, 'sample', sample, 'left out with several groups');
  }
  if (!sample && (seed !== undefined || random !== undefined)) {
    throw invalidParameter(
      owner,
      seed === undefined ? 'random' : 'seed',
      seed ?? random,
      'left out without `sample`',
    );
  }
}

function checkModel({ model, numBeams }: BeamSearchOptions, prompts: number): void {
  const rows = prompts * numBeams;
  const { maxRows, select } = model.capabilities;
  const refuse = (message: string, details: object) =>
    new NextTokenError('unsupported-capability', `${owner}: ${message}`, { ...details });
  if (rows > maxRows) {
    throw refuse(`${rows} rows, at most ${maxRows} fit`, { capability: 'maxRows', rows, maxRows });
  }
  if (numBeams > 1 && !select) throw refuse('beams need select', { capability: 'select' });
}

/**
 * Checks every option and fills in the defaults; nothing runs.
 * @throws NextTokenError `unsupported-option`, `invalid-parameter`, `unsupported-capability`, `empty-prompt`,
 *   `invalid-token-id`, `tokenizer-mismatch`, `context-overflow`
 */
export function planBeamSearch(options: BeamSearchOptions): BeamPlan {
  checkOptionNames(owner, options, optionNames);
  const { model, tokenizer, numBeams, numBeamGroups = 1, sample = false, stopWhen, padTokenId } = options;
  if (typeof model?.createSession !== 'function') {
    throw invalidParameter(owner, 'model', model, 'a language model');
  }
  checkBeams(options);
  const { stopWhen: _, seed, random, ...shared } = options;
  const { maxNewTokens, maxLength, minNewTokens, maxTime } = resolveLimits(shared);
  if (maxNewTokens === 0) throw invalidParameter(owner, 'maxNewTokens', 0, 'an integer >= 1');
  const prompts = resolvePrompts(shared, 0, false);
  checkModel(options, prompts.length);
  if (stopWhen !== undefined && typeof stopWhen !== 'function') {
    throw invalidParameter(owner, 'stopWhen', stopWhen, 'a function');
  }
  if (padTokenId !== undefined) checkCount(owner, 'padTokenId', padTokenId, 0);
  const { endTokenIds, stopStrings } = resolveStops(shared);
  return {
    model,
    tokenizer,
    prompts,
    processors: flattenChains(resolveProcessors(owner, options.processors, ['guidance'])),
    groups: numBeamGroups,
    groupSize: numBeams / numBeamGroups,
    lengthPenalty: options.lengthPenalty ?? 1,
    earlyStopping: options.earlyStopping ?? false,
    numReturnSequences: options.numReturnSequences ?? 1,
    randoms: sample ? resolveRandoms({ random, seed }, prompts.length) : undefined,
    maxNewTokens,
    maxLength,
    minNewTokens,
    maxTime,
    endTokenIds,
    stopStrings,
    stopWhen,
    padTokenId: padTokenId ?? [...endTokenIds][0],
    skipSpecialTokens: options.skipSpecialTokens ?? true,
    signal: options.signal,
  };
}
