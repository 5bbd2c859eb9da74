import type { TracedStage } from '@nexttoken/inspector';
import { formatCount, formatNumber, formatPercent } from '../element/format';

/** What a stage did to the row, short: `cuts 3,050 · H 5.1→4.4`. */
export function effectText({ removed, restored, entropyBefore, entropy }: TracedStage): string {
  const cut = removed > 0 ? [`cuts ${formatCount(removed)}`] : [];
  const back = restored > 0 ? [`brings back ${formatCount(restored)}`] : [];
  const before = formatNumber(entropyBefore);
  const after = formatNumber(entropy);
  return [...cut, ...back, before === after ? `H ${after}` : `H ${before}→${after}`].join(' · ');
}

/** The same in a sentence. */
export function effectSentence(stage: TracedStage): string {
  const { removed, removedMass, kept, entropyBefore, entropy } = stage;
  const cut =
    removed > 0
      ? `cuts ${formatCount(removed)} tokens with ${formatPercent(removedMass)} % of what came in, keeps ${formatCount(kept)}`
      : 'cuts nothing';
  return `${cut}; entropy ${formatNumber(entropyBefore, 2)} to ${formatNumber(entropy, 2)} bits`;
}
