import type { NextTokenTable } from '@nexttoken/inspector';
import { formatCount, formatNumber, formatPercent } from '../element/format';
import { stageLabel } from '../sampling-settings/stage-controls';
import { constraintSentence } from './constraint-note';

/** The table in one or two sentences, for who does not see it. */
export function captionOf(
  heading: string,
  table: NextTokenTable,
  mark: string,
  chosen: number | undefined,
): string {
  const { rows, stages = [], constraints = [], vocabSize, entropy } = table;
  const best = rows.reduce<(typeof rows)[number] | undefined>(
    (leader, row) =>
      !leader || (row.share ?? row.probability) > (leader.share ?? leader.probability) ? row : leader,
    undefined,
  );
  if (!best) return `${heading}: no candidates are listed.`;
  const cutters = stages.filter(({ removed }) => removed > 0).map(({ name }) => stageLabel(name));
  const kept = stages.at(-1)?.kept ?? vocabSize;
  const marked = rows.find(({ id }) => id === chosen);
  return [
    `${heading}: ${best.token} leads with ${formatPercent(best.share ?? best.probability)} %,`,
    `${formatNumber(entropy)} bits of raw entropy over ${formatCount(vocabSize)} tokens.`,
    cutters.length ? `${cutters.join(', ')} left ${formatCount(kept)} of them.` : '',
    ...constraints.map(constraintSentence),
    marked ? `${mark}: ${marked.token}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
