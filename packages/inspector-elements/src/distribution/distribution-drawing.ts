import type { NextTokenRow } from '@nexttoken/inspector';
import { formatNumber, formatPercent } from '../element/format';
import type { Mark } from '../element/svg-file';
import { stageLabel } from '../sampling-settings/stage-controls';
import type { RowScales } from './scales';

/** Colours by what they are for. */
export interface DrawingColours {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly ghost: string;
  readonly fill: string;
  readonly accent: string;
  readonly amber: string;
}

export const drawingWidth = 720;
const rowHeight = 24;
const top = 40;
const logitAt = 250;
const logitWidth = 90;
const barAt = 370;
const barWidth = 270;

/** How tall the drawing of so many rows is. */
export const drawingHeight = (rows: number): number => top + rows * rowHeight + 12;

/** The rows as a drawing of their own: the same two axes, the same bars. */
export function distributionDrawing(
  rows: readonly NextTokenRow[],
  scales: RowScales,
  chosen: number | undefined,
  colours: DrawingColours,
): Mark[] {
  const { ink, soft, line, ghost, fill, accent, amber } = colours;
  const head = (x: number, text: string, anchor = 'start'): Mark => [
    'text',
    { x, y: 18, fill: soft, 'text-anchor': anchor, 'font-size': 12 },
    text,
  ];
  const tick = (x: number, text: string, anchor: string): Mark => [
    'text',
    { x, y: 32, fill: soft, 'text-anchor': anchor, 'font-size': 10 },
    text,
  ];
  const marks: Mark[] = [
    head(40, 'token'),
    head(logitAt, 'raw logit'),
    head(barAt, 'share'),
    head(drawingWidth - 12, '%', 'end'),
    tick(logitAt, scales.logitEnds[0], 'start'),
    tick(logitAt + logitWidth, scales.logitEnds[1], 'end'),
    tick(barAt, scales.shareEnds[0], 'start'),
    tick(barAt + barWidth, scales.shareEnds[1], 'end'),
    ['line', { x1: 12, x2: drawingWidth - 12, y1: top - 4, y2: top - 4, stroke: line }],
  ];
  rows.forEach((row, index) => {
    const { id, rank, token, logit, probability, share = probability, removedBy } = row;
    const middle = top + (index + 0.5) * rowHeight;
    const isMarked = id === chosen;
    const text = (
      x: number,
      content: string,
      extra: Readonly<Record<string, string | number | undefined>>,
    ): Mark => ['text', { x, y: middle + 4.5, ...extra }, content];
    marks.push(
      text(28, String(rank), { fill: soft, 'text-anchor': 'end', 'font-size': 11 }),
      text(40, token, {
        fill: isMarked ? accent : removedBy === undefined ? ink : soft,
        'font-weight': isMarked ? 650 : undefined,
        'text-decoration': removedBy === undefined ? undefined : 'line-through',
      }),
      text(logitAt - 8, formatNumber(logit), { fill: ink, 'text-anchor': 'end', 'font-size': 12 }),
      ['line', { x1: logitAt, x2: logitAt + logitWidth, y1: middle, y2: middle, stroke: line }],
      [
        'circle',
        { cx: logitAt + scales.logit(logit) * logitWidth, cy: middle, r: 3, fill: 'none', stroke: soft },
      ],
      [
        'rect',
        { x: barAt, y: middle - 8, width: scales.share(probability) * barWidth, height: 16, fill: ghost },
      ],
    );
    if (removedBy === undefined)
      marks.push(
        [
          'rect',
          {
            x: barAt,
            y: middle - 4,
            width: Math.max(1, scales.share(share) * barWidth),
            height: 8,
            fill: isMarked ? accent : fill,
          },
        ],
        text(drawingWidth - 12, formatPercent(share), { fill: ink, 'text-anchor': 'end', 'font-size': 12 }),
      );
    else
      marks.push(
        text(drawingWidth - 12, `${stageLabel(removedBy)} cut it`, {
          fill: amber,
          'text-anchor': 'end',
          'font-size': 11,
        }),
      );
  });
  return marks;
}
