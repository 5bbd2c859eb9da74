import type { Architecture } from '@nexttoken/checkpoint';
import type { QueryKeyValueModules } from '../families/decoder-family';
import type { ModulePart } from './linear';

/**
 * `query` in the checkpoint's order: the heads that share a key head stand together; `query-by-place`: the first head of
 * every key head, then the second of every one, and so on.
 */
export type AttentionRole = 'query' | 'query-by-place' | 'key' | 'value';

const order: readonly AttentionRole[] = ['query', 'key', 'value'];

/** The weights of one product for some of a layer's projections: modules or rows of them, and their widths. */
export interface ProjectionParts {
  readonly modules: readonly ModulePart[];
  readonly outputSizes: readonly number[];
}

/**
 * Which weights make the queries, keys and values of a layer, side by side in the order asked for.
 * @param prefix checkpoint name of the layer
 */
export function projectionParts(
  roles: readonly AttentionRole[],
  { headCount, keyValueHeadCount, headSize }: Architecture,
  {
    prefix,
    modules,
    transposed,
  }: { readonly prefix: string; readonly modules: QueryKeyValueModules; readonly transposed: boolean },
): ProjectionParts {
  const places = headCount / keyValueHeadCount;
  const kindOf = (role: AttentionRole) => (role === 'query-by-place' ? 'query' : role);
  const widthOf = (role: AttentionRole) =>
    (kindOf(role) === 'query' ? headCount : keyValueHeadCount) * headSize;
  /** Which of its rows in the checkpoint's order a role has at `index`. */
  const rowOf = (role: AttentionRole, index: number): number => {
    if (role !== 'query-by-place') return index;
    const head = Math.floor(index / headSize);
    const moved = (head % keyValueHeadCount) * places + Math.floor(head / keyValueHeadCount);
    return moved * headSize + (index % headSize);
  };
  const rowsOf = (role: AttentionRole) =>
    Array.from({ length: widthOf(role) }, (_, index) => rowOf(role, index));
  const moves = (role: AttentionRole) => role === 'query-by-place' && places > 1 && keyValueHeadCount > 1;
  if (!('joined' in modules))
    return {
      modules: roles.map((role) => ({
        module: `${prefix}.${modules[kindOf(role)]}`,
        transposed,
        ...(moves(role) && { rows: Int32Array.from(rowsOf(role)) }),
      })),
      outputSizes: roles.map(widthOf),
    };
  const module = `${prefix}.${modules.joined}`;
  const outputSizes = [roles.reduce((sum, role) => sum + widthOf(role), 0)];
  const all =
    roles.length === order.length &&
    roles.every((role, index) => kindOf(role) === order[index] && !moves(role));
  if (all && modules.rows === 'by-role') return { modules: [{ module, transposed }], outputSizes };
  const starts = { query: 0, key: widthOf('query'), value: widthOf('query') + widthOf('key') };
  const joinedRow = (role: 'query' | 'key' | 'value', row: number): number => {
    if (modules.rows === 'by-role') return starts[role] + row;
    const head = Math.floor(row / headSize);
    return (head * order.length + order.indexOf(role)) * headSize + (row % headSize);
  };
  const rows = roles.flatMap((role) => rowsOf(role).map((row) => joinedRow(kindOf(role), row)));
  return { modules: [{ module, transposed, rows: Int32Array.from(rows) }], outputSizes };
}
