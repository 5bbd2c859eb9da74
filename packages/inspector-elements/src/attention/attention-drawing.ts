import type { AttentionHeadView, AttentionRow } from '@nexttoken/inspector';
import { linkHorizontal } from 'd3-shape';
import type { Mark } from '../element/svg-file';

export const lineHeight = 22;
export const linkWidth = 160;

/** The line from a position to a key, between two columns of tokens. */
export function linkPath(position: number, key: number): string {
  const y = (index: number) => (index + 0.5) * lineHeight;
  const link = linkHorizontal<unknown, readonly [number, number]>();
  return link({ source: [0, y(position)], target: [linkWidth, y(key)] }) ?? '';
}

const column = 180;
export const drawingWidth = 2 * column + linkWidth;

/** Both columns of tokens and the lines between; with a locked position its lines alone are strong. */
export function attentionDrawing(
  { tokens, rows }: AttentionHeadView,
  locked: AttentionRow | undefined,
  { ink, accent }: { readonly ink: string; readonly accent: string },
): Mark[] {
  const texts = tokens.flatMap((token, index): Mark[] => {
    const y = (index + 0.5) * lineHeight + 4.5;
    return [
      ['text', { x: column - 6, y, fill: ink, 'text-anchor': 'end' }, token],
      ['text', { x: column + linkWidth + 6, y, fill: ink }, token],
    ];
  });
  const links = rows.flatMap((row) =>
    row.entries.map(({ key, weight }): Mark => {
      const strength = locked && row !== locked ? 0.06 : 0.15 + 0.85 * weight;
      return [
        'path',
        {
          d: linkPath(row.position, key),
          fill: 'none',
          stroke: accent,
          'stroke-opacity': strength.toFixed(3),
          'stroke-width': (0.5 + 4 * weight).toFixed(2),
        },
      ];
    }),
  );
  return [...texts, ['g', { transform: `translate(${column} 0)` }, ...links]];
}
