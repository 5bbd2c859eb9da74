import type { Control, StageControl } from './control';
import { number, range } from './number-control';

const endTokenIds: Control = { kind: 'ids', name: 'endTokenIds', label: 'end tokens' };
const lengths = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500];

/** Processors that ban, prefer or force tokens. */
export const steeringControls: readonly StageControl[] = [
  {
    type: 'logitBias',
    label: 'bias',
    help: 'Adds a number to single tokens; −∞ bans one.',
    formula: 'x + bias',
    group: 'steer',
    controls: [{ kind: 'biases', name: 'biases', label: 'token: bias' }],
  },
  {
    type: 'sequenceBias',
    label: 'bias on sequences',
    help: 'Adds a number to the last token of a sequence where the others were just said.',
    formula: 'x_last + bias',
    group: 'steer',
    controls: [{ kind: 'sequence-biases', name: 'biases', label: 'tokens: bias' }],
  },
  {
    type: 'suppressTokens',
    label: 'ban tokens',
    help: 'Removes these tokens.',
    formula: 'removes the listed',
    group: 'steer',
    controls: [{ kind: 'ids', name: 'ids', label: 'tokens' }],
  },
  {
    type: 'suppressTokensAtBegin',
    label: 'ban tokens at the beginning',
    help: 'Removes these tokens where the generated text begins.',
    formula: 'removes the listed, at the first step',
    group: 'steer',
    controls: [{ kind: 'ids', name: 'ids', label: 'tokens' }],
  },
  {
    type: 'badWords',
    label: 'ban sequences',
    help: 'Removes the last token of a sequence whose others were just said.',
    formula: 'removes what would end a listed sequence',
    group: 'steer',
    controls: [{ kind: 'sequences', name: 'words', label: 'sequences' }, endTokenIds],
  },
  {
    type: 'minLength',
    label: 'least length',
    help: 'Removes end tokens while prompt and text together are shorter.',
    formula: 'removes end tokens while length < n',
    group: 'steer',
    controls: [number('length', 'n', lengths, 20, { neutral: 0, digits: 0 }), endTokenIds],
  },
  {
    type: 'minNewTokens',
    label: 'least new tokens',
    help: 'Removes end tokens until there are that many new tokens.',
    formula: 'removes end tokens while new < n',
    group: 'steer',
    controls: [number('count', 'n', lengths, 20, { neutral: 0, digits: 0 }), endTokenIds],
  },
  {
    type: 'forcedEos',
    label: 'forced end',
    help: 'Leaves nothing but the end tokens where only one more token fits.',
    formula: 'keeps end tokens alone, at the last step',
    group: 'steer',
    controls: [endTokenIds, number('maxNewTokens', 'new tokens', lengths.slice(1), 50, { digits: 0 })],
  },
  {
    type: 'forcedBos',
    label: 'forced first token',
    help: 'Leaves nothing but this token behind a prompt of one token.',
    formula: 'keeps the one token alone',
    group: 'steer',
    controls: [number('id', 'token id', range(0, 100, 1), 0, { digits: 0 })],
  },
  {
    type: 'exponentialDecayLength',
    label: 'growing pull to the end',
    help: 'Raises the end tokens more with every token beyond a length.',
    formula: 'x + |x| · (factor^n − 1)',
    group: 'steer',
    controls: [
      number('factor', 'factor', range(1, 2, 0.01), 1.05, { neutral: 1 }),
      number('start', 'from token', lengths, 20, { digits: 0 }),
      endTokenIds,
    ],
  },
  {
    type: 'allowTokens',
    label: 'only allowed tokens',
    help: 'Removes all tokens but those that a function of the text allows.',
    formula: 'keeps what the function returns',
    group: 'steer',
    controls: [],
    requires: 'function',
  },
];
