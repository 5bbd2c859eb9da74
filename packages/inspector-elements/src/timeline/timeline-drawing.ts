import { formatNumber } from '../element/format';
import type { Mark } from '../element/svg-file';
import type { Series } from './series';

const left = 120;
const stripHeight = 44;
const gap = 16;
export const drawingWidth = 720;

/** How tall the drawing of so many strips is. */
export const drawingHeight = (strips: number): number => strips * (stripHeight + gap) + gap;

/** The strips one below the other, with their labels. */
export function timelineDrawing(
  series: readonly Series[],
  steps: number,
  colours: { readonly soft: string; readonly line: string; readonly fill: string; readonly accent: string },
): Mark[] {
  const { soft, line, fill, accent } = colours;
  const step = (drawingWidth - left - gap) / Math.max(steps, 1);
  return series.flatMap(({ label, unit, top, heights, drawn }, index): Mark[] => {
    const bottom = gap + index * (stripHeight + gap) + stripHeight;
    const y = (height: number) => bottom - height * stripHeight;
    const known = heights.flatMap((height, at) => (height === undefined ? [] : [[at, height] as const]));
    const bars = known.map(
      ([at, height]): Mark => [
        'rect',
        { x: left + (at + 0.1) * step, y: y(height), width: step * 0.8, height: height * stripHeight, fill },
      ],
    );
    const d = known
      .map(([at, height], place) => {
        const isNext = place > 0 && known[place - 1]![0] === at - 1;
        return `${isNext ? 'L' : 'M'}${(left + (at + 0.5) * step).toFixed(1)},${y(height).toFixed(1)}`;
      })
      .join('');
    return [
      ['text', { x: gap, y: bottom - 18, fill: soft, 'font-size': 12 }, label],
      [
        'text',
        { x: gap, y: bottom - 3, fill: soft, 'font-size': 11 },
        `0 – ${formatNumber(top, top < 2 ? 1 : 0)} ${unit}`,
      ],
      ['line', { x1: left, x2: drawingWidth - gap, y1: bottom, y2: bottom, stroke: line }],
      ...(drawn === 'bars'
        ? bars
        : [['path', { d, fill: 'none', stroke: accent, 'stroke-width': 1.5 }] as const]),
    ];
  });
}
