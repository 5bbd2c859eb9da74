import type { Control, StageControl } from './control';
import { lastTokens, number, range } from './number-control';

const includePrompt: Control = {
  kind: 'flag',
  name: 'includePrompt',
  label: 'counts the prompt',
  initial: false,
};
const encoderIds: Control = { kind: 'ids', name: 'encoderIds', label: 'input (default: the prompt)' };

/** Processors against saying it again. */
export const repetitionControls: readonly StageControl[] = [
  {
    type: 'repetitionPenalty',
    label: 'repetition penalty',
    help: 'Divides positive logits of tokens that are in the text already by this number, multiplies negative ones.',
    formula: 'x < 0 ? x · p : x / p',
    group: 'repetition',
    controls: [
      number('penalty', 'p', range(1, 2, 0.05), 1.1, { neutral: 1 }),
      number('promptIgnoreLength', 'skips the first', [0, 1, 2, 4, 8, 16, 32, 64, 128], 0, { digits: 0 }),
      lastTokens,
    ],
  },
  {
    type: 'frequencyPenalty',
    label: 'frequency penalty',
    help: 'Takes this much from a token for each time that it was said.',
    formula: 'x − count · p',
    group: 'repetition',
    controls: [
      number('penalty', 'p', range(-2, 2, 0.1), 0.5, { neutral: 0, digits: 1 }),
      includePrompt,
      lastTokens,
    ],
  },
  {
    type: 'presencePenalty',
    label: 'presence penalty',
    help: 'Takes this much from a token that was said, once.',
    formula: 'x − p',
    group: 'repetition',
    controls: [
      number('penalty', 'p', range(-2, 2, 0.1), 0.5, { neutral: 0, digits: 1 }),
      includePrompt,
      lastTokens,
    ],
  },
  {
    type: 'dry',
    label: 'DRY',
    help: 'Lowers what would continue a passage that was said before, the more the longer it is.',
    formula: 'x − multiplier · base^(length − allowed)',
    group: 'repetition',
    controls: [
      number('multiplier', 'multiplier', range(0, 5, 0.1), 0.8, { neutral: 0, digits: 1 }),
      number('base', 'base', range(1, 4, 0.05), 1.75),
      number('allowedLength', 'allowed length', range(0, 20, 1), 2, { digits: 0 }),
      lastTokens,
      { kind: 'sequences', name: 'breakers', label: 'breakers' },
    ],
  },
  {
    type: 'noRepeatNgram',
    label: 'no repeated n-gram',
    help: 'Removes what would make n tokens in a row occur twice.',
    formula: 'removes x that would repeat n tokens',
    group: 'repetition',
    controls: [number('size', 'n', range(1, 10, 1), 3, { digits: 0 })],
  },
  {
    type: 'encoderRepetitionPenalty',
    label: 'input repetition bonus',
    help: 'Above 1 favours tokens of the input.',
    formula: 'x < 0 ? x / p : x · p',
    group: 'repetition',
    controls: [number('penalty', 'p', range(0.5, 2, 0.05), 1.1, { neutral: 1 }), encoderIds],
  },
  {
    type: 'encoderNoRepeatNgram',
    label: 'no n-gram of the input',
    help: 'Removes what would repeat n tokens of the input.',
    formula: 'removes x that would repeat n tokens of the input',
    group: 'repetition',
    controls: [number('size', 'n', range(1, 10, 1), 3, { digits: 0 }), encoderIds],
  },
];
