import type { CsvCell } from '../render/render-csv';
import type { ModelComparison } from './comparison-data';

/** A comparison as lines of cells, the head first, a segment a line: for a spreadsheet, see {@link renderCsv}. */
export function comparisonLines({ names, segments }: ModelComparison): readonly (readonly CsvCell[])[] {
  const head = ['start', 'end', 'text', ...names.flatMap((name) => [`tokens ${name}`, `bits ${name}`])];
  return [
    [...head, 'difference', 'KL bits', 'JS bits', 'same guess'],
    ...segments.map(({ start, end, text, pieces, bits, delta, divergence, sameBest }) => [
      start,
      end,
      text,
      pieces[0].length,
      bits[0],
      pieces[1].length,
      bits[1],
      delta,
      divergence?.kl,
      divergence?.js,
      sameBest === undefined ? undefined : sameBest ? 'yes' : 'no',
    ]),
  ];
}
