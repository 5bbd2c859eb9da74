import type { Control } from './control';
import { number, range } from './number-control';

/** What a sampler is, and how it is set. */
export interface SamplerControl {
  readonly type: string;
  readonly label: string;
  readonly help: string;
  readonly controls: readonly Control[];
}

const tau = number('tau', 'τ', range(0.5, 10, 0.1), 5, { digits: 1 });
const eta = number('eta', 'η', range(0.05, 1, 0.05), 0.1);

/** Every sampler of `@nexttoken/sampling` as a panel shows it. */
export const samplerControls: readonly SamplerControl[] = [
  {
    type: 'categorical',
    label: 'draw',
    help: 'A random number u points into the shares, laid side by side.',
    controls: [],
  },
  { type: 'greedy', label: 'greedy', help: 'Takes the largest share.', controls: [] },
  {
    type: 'gumbelMax',
    label: 'draw, same noise',
    help: 'Each token has its own noise, decided by u: a token that others lose to keeps winning while sliders move.',
    controls: [],
  },
  {
    type: 'mirostatV2',
    label: 'mirostat 2',
    help: 'Removes what surprises more than a limit that follows the text towards τ bits.',
    controls: [tau, eta],
  },
  {
    type: 'mirostat',
    label: 'mirostat',
    help: 'Keeps so many tokens that the surprise stays near τ bits.',
    controls: [tau, eta, number('m', 'm', [10, 20, 50, 100, 200, 500], 100, { digits: 0 })],
  },
  {
    type: 'adaptiveP',
    label: 'adaptive-p',
    help: 'Prefers tokens near a probability, and corrects itself by what it chose.',
    controls: [
      number('target', 'target', range(0, 1, 0.05), 0.5),
      number('decay', 'decay', range(0, 0.99, 0.01), 0.9),
    ],
  },
];
