import type { LensCell, LensGrid } from '@nexttoken/inspector';
import { formatNumber, formatPercent } from '../element/format';

export type LensColour = 'probability' | 'entropy' | 'divergence';

export const lensColours: readonly (readonly [name: LensColour, label: string])[] = [
  ['probability', 'share of the best token'],
  ['entropy', 'entropy'],
  ['divergence', 'divergence from the output'],
];

/** How strong a cell's background is, in [0, 1]. */
export function cellLevel(cell: LensCell, colour: LensColour, { vocabSize }: LensGrid): number {
  if (colour === 'probability') return cell.top[0]?.probability ?? 0;
  if (colour === 'entropy') return Math.min(1, cell.entropy / Math.log2(vocabSize));
  return Math.min(1, cell.divergence / 16);
}

/** The number that stands in the cell. */
export function cellNumber(cell: LensCell, colour: LensColour, watch: number | undefined): string {
  const watched = cell.watched.find(({ id }) => id === watch);
  if (watched) return `#${watched.rank}`;
  if (colour === 'probability') return `${formatPercent(cell.top[0]?.probability ?? 0)} %`;
  return `${formatNumber(colour === 'entropy' ? cell.entropy : cell.divergence)} bits`;
}

/** A cell in words. */
export function cellText(
  { top, final, entropy, divergence }: LensCell,
  layer: string,
  token: string,
): string {
  return [
    `${layer} behind ${token}`,
    top[0] ? `${top[0].token} ${formatPercent(top[0].probability)} %` : '',
    `the output’s ${final.token} has rank ${final.rank}`,
    `entropy ${formatNumber(entropy)} bits`,
    `divergence ${formatNumber(divergence)} bits`,
  ]
    .filter(Boolean)
    .join(', ');
}
