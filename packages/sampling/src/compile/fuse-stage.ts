import type { CandidateList } from './candidate-list';
import { cutBelowMaximum } from './cut-below-maximum';
import { cutNucleus, noRest } from './cut-nucleus';
import { keepFromKth, keepHighest } from './keep-listed';
import { midpointAbove, midpointBelow } from './midpoint';
import type { RowKernel } from './row-kernel';
import { selectHighest } from './select-highest';
import { selectNearMaximum } from './select-near-maximum';
import { selectNucleus } from './select-nucleus';
import { cutListedTypical, selectTypical } from './select-typical';
import type { Stage } from './stages-of';
import type { CutStep, Step } from './step';

type Cut = Pick<CutStep, 'select' | 'narrow'>;

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

/** The fused forms by type, with the parameters they understand and the value that does nothing. */
const cuts = {
  topK: { fuse: fuseTopK, value: 'k', names: ['k', 'minTokensToKeep', 'ties'], neutral: undefined },
  topP: { fuse: fuseTopP, value: 'p', names: ['p', 'minTokensToKeep'], neutral: 1 },
  minP: { fuse: fuseMinP, value: 'p', names: ['p', 'minTokensToKeep'], neutral: 0 },
  typicalP: { fuse: fuseTypicalP, value: 'p', names: ['p', 'minTokensToKeep', 'ties'], neutral: 1 },
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

/**
 * What the compiled chain does for a stage, by the stage's type and parameters: they describe it fully.
 * @param kernel for the stages that have a use for one
 * @returns undefined for a stage that does nothing
 */
export function fuseStage({ processor, path }: Stage, kernel?: RowKernel): Step | undefined {
  const { type, parameters } = processor;
  if (type === 'temperature' && typeof parameters.temperature === 'number') {
    const divisor = Math.fround(parameters.temperature);
    return divisor === 1 ? undefined : { kind: 'temperature', processor, path, divisor };
  }
  if (Object.hasOwn(cuts, type)) {
    const { fuse, value, names, neutral } = cuts[type as keyof typeof cuts];
    if (parameters[value] === neutral) return undefined;
    const isUnderstood = Object.keys(parameters).every((name) => (names as readonly string[]).includes(name));
    if (isUnderstood) return { kind: 'cut', processor, path, ...fuse(parameters as Parameters, kernel) };
  }
  return { kind: ordered.has(type) ? 'ordered' : 'plain', processor, path };
}
