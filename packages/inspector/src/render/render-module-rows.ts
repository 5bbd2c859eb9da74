import type { ModuleRow } from '../module-tree/module-tree-data';
import { bar } from './bar';
import { formatCount, formatProbability } from './format-number';
import { type Column, renderTable } from './render-table';
import { resolveRendering } from './resolve-rendering';
import type { RenderOptions } from './style';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

function formatBytes(bytes: number | null): string {
  if (bytes === null) return '';
  const unit = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}

const labelOf = ({ depth, name, type, count }: ModuleRow): string =>
  `${'  '.repeat(depth)}${name}${count > 1 ? ` (${count} ×)` : ''}: ${type}`;

const tensorOf = ({ tensors, tiedTo }: ModuleRow): string => {
  const [first] = tensors;
  if (!first) return '';
  const own = `[${first.shape.join(', ')}]${first.dtype === null ? '' : ` ${first.dtype}`}`;
  return tiedTo === undefined ? own : `= ${tiedTo}`;
};

/**
 * Rows of a module tree for a terminal: modules indented, tensor, parameters and bytes (of one, where a row stands for
 * several), the share of the model as number and bar.
 *
 * @returns lines without a line feed at the end
 * @throws NextTokenError `invalid-parameter` for a width below 40
 */
export function renderModuleRows(rows: readonly ModuleRow[], options: RenderOptions = {}): string {
  const { style, width } = resolveRendering(options);
  const columns: Column<ModuleRow>[] = [
    { header: 'module', align: 'left', least: 32, cell: labelOf },
    { header: 'tensor', align: 'left', least: 10, cell: tensorOf, paint: () => style.quiet },
    {
      header: 'parameters',
      align: 'right',
      cell: ({ parameters }) => (parameters > 0 ? formatCount(parameters) : ''),
    },
    { header: 'bytes', align: 'right', cell: ({ bytes }) => (bytes ? formatBytes(bytes) : '') },
    { header: 'share', align: 'right', cell: ({ share }) => (share > 0 ? formatProbability(share) : '') },
    {
      header: '',
      align: 'left',
      least: 4,
      fillUpTo: 16,
      cell: ({ share }, cells) => bar(share, cells),
      paint: () => style.accent,
    },
  ];
  return renderTable(columns, rows, width, style).join('\n');
}
