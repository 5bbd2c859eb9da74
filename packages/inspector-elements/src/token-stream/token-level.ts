import { formatNumber, formatPercent, formatSigned } from '../element/format';
import type { StreamColour, StreamToken } from './stream-token';

/** Above these many bits an underline grows no more. */
const fullBits = 8;
const fullDelta = 4;
/** GLTR's buckets: the first, among ten, a hundred, a thousand, beyond. */
const rankLevels: readonly (readonly [rank: number, level: number])[] = [
  [1, 0.05],
  [10, 0.35],
  [100, 0.6],
  [1000, 0.8],
];

/** How strong an underline is, in [0, 1]; `undefined` where there is nothing to say. */
export function tokenLevel(token: StreamToken, colour: StreamColour): number | undefined {
  const { surprisal, rank, entropy, delta } = token;
  switch (colour) {
    case 'surprisal':
      return surprisal === undefined ? undefined : Math.min(1, surprisal / fullBits);
    case 'probability':
      return surprisal === undefined ? undefined : 1 - 2 ** -surprisal;
    case 'rank':
      return rank === undefined ? undefined : (rankLevels.find(([most]) => rank <= most)?.[1] ?? 1);
    case 'entropy':
      return entropy === undefined ? undefined : Math.min(1, entropy / fullBits);
    case 'delta':
      return delta === undefined ? undefined : Math.min(1, Math.abs(delta) / fullDelta);
    case 'none':
      return undefined;
  }
}

/** What is known of a token, one fact a line. */
export function tokenFacts(token: StreamToken): readonly string[] {
  const { surprisal, rank, entropy, share, delta, by } = token;
  return [
    ...(surprisal === undefined
      ? []
      : [`surprisal ${formatNumber(surprisal)} bits (raw ${formatPercent(2 ** -surprisal)} %)`]),
    ...(rank === undefined ? [] : [`rank ${rank}`]),
    ...(entropy === undefined ? [] : [`entropy ${formatNumber(entropy)} bits`]),
    ...(share === undefined ? [] : [`share ${formatPercent(share)} %`]),
    ...(delta === undefined ? [] : [`Δ ${formatSigned(delta)} bits`]),
    ...(by === 'hand' ? ['taken by hand'] : by === 'template' ? ['of the chat template'] : []),
  ];
}

/** The key to the underline: what its thinnest and its thickest line mean. */
export const keyOf: Readonly<Record<StreamColour, readonly [label: string, low: string, high: string]>> = {
  surprisal: ['surprisal', '0 bits', '8 bits and more'],
  probability: ['probability', '100 %', '0 %'],
  rank: ['rank', 'first', 'beyond 1,000'],
  entropy: ['entropy', '0 bits', '8 bits and more'],
  delta: ['difference', 'none', '4 bits and more; dashed: better there'],
  none: ['nothing', '', ''],
};
