import type { Mark } from '../element/svg-file';
import type { PlacedLink, TreeLayout } from './layout-tree';

/** Colours by what they are for. */
interface BeamColours {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly accent: string;
  readonly paper: string;
}

/** The tree as a drawing of its own, 8 from the edge. */
export function beamDrawing(
  { nodes, links }: TreeLayout,
  { ink, soft, line, accent, paper }: BeamColours,
  thicknessOf: (link: PlacedLink) => number,
): Mark[] {
  const marks: Mark[] = links.map((link) => [
    'path',
    {
      d: link.path,
      fill: 'none',
      stroke: link.to.result === undefined ? line : accent,
      'stroke-width': thicknessOf(link),
      'stroke-opacity': link.to.fate === 'pruned' ? 0.4 : undefined,
    },
  ]);
  for (const { node, x, y, width: w } of nodes) {
    const isGone = node.fate === 'pruned';
    const stroke = node.result === undefined ? line : accent;
    marks.push(
      [
        'rect',
        {
          x,
          y: y - 13,
          width: w,
          height: 26,
          rx: 4,
          fill: paper,
          stroke,
          'stroke-opacity': isGone ? 0.4 : undefined,
          'stroke-width': node.fate === 'finished' ? 3 : 1,
        },
      ],
      [
        'text',
        {
          x: x + w / 2,
          y: y + 4.5,
          'text-anchor': 'middle',
          fill: isGone ? soft : node.result === undefined ? ink : accent,
          'text-decoration': isGone ? 'line-through' : undefined,
        },
        node.token,
      ],
    );
  }
  return [['g', { transform: 'translate(8 8)' }, ...marks]];
}
