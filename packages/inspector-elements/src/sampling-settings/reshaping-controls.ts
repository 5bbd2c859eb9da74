import type { StageControl } from './control';
import { number, range } from './number-control';

/** Processors that move scores and remove nothing. */
export const reshapingControls: readonly StageControl[] = [
  {
    type: 'temperature',
    label: 'temperature',
    help: 'Divides every score: below 1 the leader gains, above 1 the others do.',
    formula: 'x / t',
    group: 'reshape',
    controls: [number('temperature', 't', [0.01, ...range(0.05, 2, 0.05)], 0.7, { neutral: 1 })],
  },
  {
    type: 'dynamicTemperature',
    label: 'dynamic temperature',
    help: 'A temperature that is low where the model is sure and high where it is not.',
    formula: 'x / (low + (high − low) · (H / log n)^exponent)',
    group: 'reshape',
    controls: [
      number('temperature', 't', range(0.1, 2, 0.05), 1),
      number('range', 'range', range(0, 2, 0.05), 0.5),
      number('exponent', 'exponent', range(0.1, 4, 0.1), 1, { digits: 1 }),
    ],
  },
  {
    type: 'logNormalize',
    label: 'log-normalize',
    help: 'Makes log-probabilities of the scores; the distribution stays.',
    formula: 'x − log Σ exp x',
    group: 'reshape',
    controls: [],
  },
  {
    type: 'infNanRemove',
    label: 'repair numbers',
    help: 'Makes 0 of what is no number, and the largest number of infinity.',
    formula: 'NaN → 0, ±∞ → ±3.4e38',
    group: 'reshape',
    controls: [],
  },
  {
    type: 'classifierFreeGuidance',
    label: 'guidance',
    help: 'Moves away from what the model says to another prompt.',
    formula: 'u + scale · (log q − u)',
    group: 'reshape',
    controls: [number('scale', 'scale', range(0, 4, 0.1), 1.5, { neutral: 1, digits: 1 })],
    requires: 'guidance',
  },
  {
    type: 'hammingDiversity',
    label: 'diversity between groups',
    help: 'Lowers what earlier groups of beams chose at this step.',
    formula: 'x − penalty · count',
    group: 'reshape',
    controls: [number('penalty', 'penalty', range(0, 5, 0.1), 1, { neutral: 0, digits: 1 })],
    requires: 'siblings',
  },
];
