import type { StageControl } from './control';
import { keep, number, range } from './number-control';

const counts = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000, 0];
const small = [0, 0.0001, 0.0002, 0.0003, 0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.01, 0.02, 0.05, 0.1];
const ties = {
  kind: 'choice',
  name: 'ties',
  label: 'equal scores',
  values: ['keep', 'cut'],
  initial: 'keep',
} as const;

/** Processors that remove unlikely tokens. */
export const removingControls: readonly StageControl[] = [
  {
    type: 'topK',
    label: 'top-k',
    help: 'Keeps the k highest scores.',
    formula: 'removes x < k-th largest',
    group: 'remove',
    controls: [number('k', 'k', counts, 50, { neutral: 0, digits: 0 }), keep, ties],
  },
  {
    type: 'topP',
    label: 'top-p',
    help: 'Keeps the likeliest tokens until their probabilities add up to p.',
    formula: 'keeps the fewest with Σ q ≥ p',
    group: 'remove',
    controls: [number('p', 'p', range(0.05, 1, 0.01), 0.9, { neutral: 1 }), keep],
  },
  {
    type: 'minP',
    label: 'min-p',
    help: 'Removes what is less likely than this part of the likeliest token.',
    formula: 'removes q < p · max q',
    group: 'remove',
    controls: [number('p', 'p', range(0, 0.5, 0.01), 0.05, { neutral: 0 }), keep],
  },
  {
    type: 'typicalP',
    label: 'typical-p',
    help: 'Keeps the tokens whose surprise is nearest to the average surprise, until they add up to p.',
    formula: 'keeps the smallest |−log q − H| until Σ q ≥ p',
    group: 'remove',
    controls: [number('p', 'p', range(0.05, 1, 0.01), 0.9, { neutral: 1 }), keep, ties],
  },
  {
    type: 'epsilonCutoff',
    label: 'epsilon cutoff',
    help: 'Removes what is less likely than ε.',
    formula: 'removes q < ε',
    group: 'remove',
    controls: [number('epsilon', 'ε', small, 0.001, { neutral: 0, digits: 4 }), keep],
  },
  {
    type: 'etaCutoff',
    label: 'eta cutoff',
    help: 'Removes what is less likely than a limit that falls where the model is unsure.',
    formula: 'removes q < min(ε, √ε · exp(−H))',
    group: 'remove',
    controls: [number('epsilon', 'ε', small, 0.001, { neutral: 0, digits: 4 }), keep],
  },
  {
    type: 'topH',
    label: 'top-h',
    help: 'Of the 100 best, keeps the likeliest while they hold a part h of the entropy.',
    formula: 'keeps while Σ −q log q ≤ h · H',
    group: 'remove',
    controls: [number('h', 'h', range(0.05, 1, 0.05), 0.4)],
  },
  {
    type: 'topNSigma',
    label: 'top-nσ',
    help: 'Removes what lies more than n standard deviations of the logits below the best.',
    formula: 'removes x < max x − n · σ(x)',
    group: 'remove',
    controls: [number('n', 'n', [...range(0.1, 5, 0.1), 0], 1, { neutral: 0, digits: 1 })],
  },
  {
    type: 'xtc',
    label: 'exclude top choices',
    help: 'At times removes all tokens above the threshold but the least likely of them.',
    formula: 'with this probability removes q ≥ threshold, but the last',
    group: 'remove',
    controls: [
      number('probability', 'probability', range(0, 1, 0.05), 0.5, { neutral: 0 }),
      number('threshold', 'threshold', range(0.01, 0.5, 0.01), 0.1),
      keep,
    ],
    requires: 'random',
  },
];
