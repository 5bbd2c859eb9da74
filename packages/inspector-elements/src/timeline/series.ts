import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatNumber } from '../element/format';
import type { TimelineStep } from './timeline-step';

type Field = 'surprisal' | 'entropy' | 'milliseconds';

/** One strip: a measure over all steps. */
export interface Series {
  readonly field: Field;
  readonly label: string;
  readonly unit: string;
  readonly drawn: 'bars' | 'line';
  /** The top of the strip: a round number. */
  readonly top: number;
  /** Heights in [0, 1], one a step; `undefined` where the step has none. */
  readonly heights: readonly (number | undefined)[];
  /** A path over steps of width 1 and height 1, for a line. */
  readonly path: string;
  readonly mean: number;
}

const kinds: readonly Pick<Series, 'field' | 'label' | 'unit' | 'drawn'>[] = [
  { field: 'surprisal', label: 'surprisal', unit: 'bits', drawn: 'bars' },
  { field: 'entropy', label: 'entropy', unit: 'bits', drawn: 'line' },
  { field: 'milliseconds', label: 'time a token', unit: 'ms', drawn: 'bars' },
];

/** The strips that the steps have numbers for. */
export function seriesOf(steps: readonly TimelineStep[]): readonly Series[] {
  return kinds.flatMap((kind) => {
    const values = steps.map((step) => step[kind.field]);
    const known = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
    if (known.length === 0) return [];
    const scale = scaleLinear([0, Math.max(...known, 1e-9)], [0, 1])
      .nice(4)
      .clamp(true);
    const heights = values.map((value) => (value === undefined ? undefined : scale(value)));
    const points = heights.map((height, index) => [index + 0.5, height] as const);
    const path = line<readonly [number, number | undefined]>()
      .defined(([, height]) => height !== undefined)
      .x(([x]) => x)
      .y(([, height = 0]) => 1 - height);
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return [{ ...kind, top: scale.domain()[1]!, heights, path: path(points) ?? '', mean }];
  });
}

/** A step in words. */
export function stepText(steps: readonly TimelineStep[], index: number): string {
  const step = steps[index];
  if (!step) return '';
  const { token, surprisal, entropy, milliseconds, marks = [] } = step;
  return [
    `step ${index + 1} of ${steps.length}: ${token}`,
    ...(surprisal === undefined ? [] : [`surprisal ${formatNumber(surprisal)} bits`]),
    ...(entropy === undefined ? [] : [`entropy ${formatNumber(entropy)} bits`]),
    ...(milliseconds === undefined ? [] : [`${formatNumber(milliseconds, milliseconds < 10 ? 1 : 0)} ms`]),
    ...marks,
  ].join(' · ');
}
