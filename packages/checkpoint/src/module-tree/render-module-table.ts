import { foldChildren } from './fold-children';
import type { ModuleNode, ModuleParameter, ModuleTree } from './module-node';

const separator = '\t';

/**
 * The tree with what its files hold, a line for every module (and for every further tensor of its own): name and class,
 * tensor with shape and dtype, parameters, bytes. Equal neighbours of a list are folded, unless their dtypes differ; the
 * numbers are those of one of them. Behind it the totals, tied weights, and what is missing or left over.
 */
export function renderModuleTable(tree: ModuleTree): string {
  const rows = moduleRows(tree.root)
    .split('\n')
    .map((line) => line.split(separator));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const table = rows.map(([label = '', tensor = '', parameters = '', bytes = '']) =>
    [
      label.padEnd(widths[0]!),
      tensor.padEnd(widths[1]!),
      parameters.padStart(widths[2]!),
      bytes.padStart(widths[3]!),
    ]
      .join('  ')
      .trimEnd(),
  );
  return [...table, '', ...remarks(tree)].join('\n');
}

/** Lines of four cells; the text of a module is also what decides whether it equals its neighbour. */
function moduleRows(node: ModuleNode): string {
  const [first, ...others] = node.own.map(parameterCell);
  const numbers = node.parameters > 0 ? [count(node.parameters), size(node.bytes)] : [];
  const lines = [[node.type, first ?? '', ...numbers].join(separator)];
  for (const other of others) lines.push(['', other].join(separator));
  for (const { label, count: repeats, text } of foldChildren(node, moduleRows)) {
    const name = `${label}: ${repeats > 1 ? `${repeats} × ` : ''}`;
    lines.push(`  ${name}${text.replaceAll('\n', '\n  ')}`);
  }
  return lines.join('\n');
}

function parameterCell({ name, shape, dtype, tiedTo }: ModuleParameter): string {
  const shown = `${name} [${shape.join(', ')}]${dtype === null ? '' : ` ${dtype}`}`;
  return tiedTo === undefined ? shown : `${shown} = ${tiedTo}`;
}

function remarks({ root, missing, surplus }: ModuleTree): string[] {
  const list = (names: readonly string[]) =>
    `${names.slice(0, 10).join(', ')}${names.length > 10 ? `, … (${names.length} in all)` : ''}`;
  const total = root.bytes === null ? '' : `, ${size(root.bytes)} (${root.bytes} bytes)`;
  return [
    `${root.parameters.toLocaleString('en')} parameters${total}`,
    ...tiedOf(root).map(([name, tiedTo]) => `${name} is ${tiedTo}, counted once`),
    ...(missing.length > 0 ? [`not in the files: ${list(missing)}`] : []),
    ...(surplus.length > 0 ? [`in the files, but of no module: ${list(surplus)}`] : []),
  ];
}

function tiedOf(node: ModuleNode): (readonly [name: string, tiedTo: string])[] {
  const own = node.own.flatMap(({ name, tiedTo }) =>
    tiedTo === undefined ? [] : [[`${node.path}.${name}`, tiedTo] as const],
  );
  return [...own, ...node.children.flatMap(tiedOf)];
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function size(bytes: number | null): string {
  if (bytes === null) return '';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const unit = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** unit).toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
}
