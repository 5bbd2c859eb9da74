import type { LogitsProcessor } from '@nexttoken/model';
import { isBuiltIn } from '../built-in/built-in';
import type { CandidateList } from './candidate-list';
import { cutBelowMaximum } from './cut-below-maximum';
import { cutNucleus, noRest } from './cut-nucleus';
import { keepFromKth, keepHighest } from './keep-listed';
import { midpointAbove, midpointBelow } from './midpoint';
import type { RowKernel } from './row-kernel';
import { selectHighest, selectHighestLowered } from './select-highest';
import { selectNearMaximum } from './select-near-maximum';
import { selectNucleus } from './select-nucleus';
import { cutListedTypical, selectTypical } from './select-typical';
import type { Stage } from './stages-of';
import type { CutStep, Step } from './step';

type Cut = Pick<CutStep, 'select' | 'selectLowered' | 'narrow'>;

/** What the truncating stages describe themselves with. */
interface Parameters {
  readonly k?: number;
  readonly p?: number;
  readonly minTokensToKeep?: number;
  readonly ties?: 'keep' | 'cut';
}

/** Below this p, min-p compares probabilities: the stage itself does it. */
const smallestMinP = 1e-20;

function fuseTopK({ k = 0, minTokensToKeep = 1, ties }: Parameters): Cut {
  const kept = Math.max(k, minTokensToKeep);
  const cutTies = (list: CandidateList, isDone: boolean) => {
    if (isDone && ties === 'cut') keepHighest(list, kept);
    return isDone;
  };
  return {
    select: (row, divisor, list) =>
      kept < row.length && cutTies(list, selectHighest(row, divisor, list, kept)),
    selectLowered: (row, divisor, list, lower) =>
      kept < row.length && cutTies(list, selectHighestLowered(row, divisor, list, kept, lower)),
    narrow: (list) => cutTies(list, keepFromKth(list, kept)),
  };
}

function fuseTopP({ p = 1, minTokensToKeep = 1 }: Parameters, kernel?: RowKernel): Cut {
  const line = midpointAbove(Math.fround(1 - p));
  return {
    select: (row, divisor, list) => selectNucleus(row, divisor, list, line, minTokensToKeep, kernel),
    narrow: (list) => cutNucleus(list, noRest, line, minTokensToKeep) === 'cut',
  };
}

function fuseMinP({ p = 0, minTokensToKeep = 1 }: Parameters): Cut {
  const limit = Math.log(Math.fround(p));
  return {
    select: (row, divisor, list) =>
      p >= smallestMinP && selectNearMaximum(row, divisor, list, limit, minTokensToKeep),
    narrow: (list) => p >= smallestMinP && cutBelowMaximum(list, limit, minTokensToKeep) !== 'unsure',
  };
}

function fuseTypicalP({ p = 1, minTokensToKeep = 1, ties = 'keep' }: Parameters): Cut {
  const mass = Math.fround(p);
  const rule = { line: ties === 'cut' ? midpointAbove(mass) : midpointBelow(mass), minTokensToKeep, ties };
  return {
    // Its sums need scores as they are: a temperature is applied before.
    select: (row, divisor, list) => divisor === 1 && selectTypical(row, list, rule),
    narrow: (list) => cutListedTypical(list, rule) === 'cut',
  };
}

/** The fused forms by type, with the parameter that may be neutral and the value at which it is. */
const cuts = {
  topK: { fuse: fuseTopK, value: 'k', neutral: undefined },
  topP: { fuse: fuseTopP, value: 'p', neutral: 1 },
  minP: { fuse: fuseMinP, value: 'p', neutral: 0 },
  typicalP: { fuse: fuseTypicalP, value: 'p', neutral: 1 },
} as const;

/** Stages that look at nothing but the survivors' scores and their order. */
const ordered: ReadonlySet<string> = new Set([
  'dynamicTemperature',
  'epsilonCutoff',
  'etaCutoff',
  'logNormalize',
  'topH',
  'topNSigma',
  'xtc',
]);

type IsLowering = (parameters: LogitsProcessor['parameters']) => boolean;

const isPositive: IsLowering = ({ penalty }) => (penalty as number) >= 0;

/** Stages that look at the context's ids and at those ids' scores, and at nothing else; whether they raise none. */
const lookingBack: Readonly<Record<string, IsLowering>> = {
  frequencyPenalty: isPositive,
  noRepeatNgram: () => true,
  presencePenalty: isPositive,
  repetitionPenalty: ({ penalty }) => (penalty as number) >= 1,
};

/**
 * What the compiled chain does for a stage, by its type and parameters: they describe a stage of this package's
 * fully. Somebody else's runs as it is, whatever it is called.
 * @param kernel for the stages that have a use for one
 * @returns undefined for a stage that does nothing
 */
export function fuseStage({ processor, path }: Stage, kernel?: RowKernel): Step | undefined {
  const { type, parameters } = processor;
  if (!isBuiltIn(processor)) return { kind: 'plain', processor, path };
  if (type === 'temperature') {
    const divisor = Math.fround(parameters.temperature as number);
    return divisor === 1 ? undefined : { kind: 'temperature', processor, path, divisor };
  }
  if (Object.hasOwn(cuts, type)) {
    const { fuse, value, neutral } = cuts[type as keyof typeof cuts];
    if (parameters[value] === neutral) return undefined;
    return { kind: 'cut', processor, path, ...fuse(parameters as Parameters, kernel) };
  }
  if (Object.hasOwn(lookingBack, type)) {
    return { kind: 'looking-back', processor, path, onlyLowers: lookingBack[type]!(parameters) };
  }
  return { kind: ordered.has(type) ? 'ordered' : 'plain', processor, path };
}
