import { decodeRow, type RunRecord } from '@nexttoken/generate';
import { checkOptionNames, type Tokenizer } from '@nexttoken/model';
import { rowDivergence } from '../distribution/row-divergence';
import { displayToken } from '../token/display-token';
import type { ComparedStep, RunComparison } from './comparison-data';

export interface CompareRunsOptions {
  /** Of both runs, or one each. */
  readonly tokenizer?: Tokenizer | readonly [a: Tokenizer, b: Tokenizer] | undefined;
}

const sameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);

function firstDifferenceOf(a: readonly number[], b: readonly number[]): number | undefined {
  const length = Math.max(a.length, b.length);
  for (let step = 0; step < length; step++) if (a[step] !== b[step]) return step;
  return undefined;
}

/**
 * Two runs beside each other: where they part, and what each thought of its own tokens. Runs of one vocabulary, with the
 * same prompt and captured rows, also tell how far their distributions were apart, up to the step where they part.
 *
 * @throws NextTokenError `unsupported-option`
 */
export function compareRuns(a: RunRecord, b: RunRecord, options: CompareRunsOptions = {}): RunComparison {
  checkOptionNames('compareRuns', options, ['tokenizer']);
  const { tokenizer } = options;
  const [tokenizerA, tokenizerB] = Array.isArray(tokenizer) ? tokenizer : [tokenizer, tokenizer];
  const samePrompt = sameList(a.promptIds, b.promptIds);
  const sameVocabulary = a.model.vocabSize === b.model.vocabSize;
  const firstDifference = firstDifferenceOf(a.ids, b.ids);
  const tokenOf = (of: Tokenizer | undefined, id: number | undefined): string =>
    id === undefined ? '' : displayToken(of, id);
  const divergenceAt = (step: number) => {
    const [rowA, rowB] = [a.rows?.logits?.[step], b.rows?.logits?.[step]];
    if (!(samePrompt && sameVocabulary && rowA && rowB)) return undefined;
    if (step > (firstDifference ?? step)) return undefined;
    const { kl, reverseKl, js } = rowDivergence(decodeRow(rowA), decodeRow(rowB));
    return { kl, reverseKl, js };
  };
  const steps = Array.from({ length: Math.max(a.ids.length, b.ids.length) }, (_, step): ComparedStep => {
    const divergence = divergenceAt(step);
    return {
      step,
      ids: [a.ids[step], b.ids[step]],
      tokens: [tokenOf(tokenizerA, a.ids[step]), tokenOf(tokenizerB, b.ids[step])],
      probabilities: [a.steps[step]?.probability, b.steps[step]?.probability],
      ...(divergence && { divergence }),
    };
  });
  return {
    sides: [
      { model: a.model, text: a.text },
      { model: b.model, text: b.text },
    ],
    samePrompt,
    ...(firstDifference !== undefined && { firstDifference }),
    steps,
  };
}
