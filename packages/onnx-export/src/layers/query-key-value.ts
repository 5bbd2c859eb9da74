import type { Architecture } from '@nexttoken/checkpoint';
import type { QueryKeyValueModules } from '../families/decoder-family';
import type { ModulePart } from './linear';

export type AttentionRole = 'query' | 'key' | 'value';

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
  const widthOf = (role: AttentionRole) => (role === 'query' ? headCount : keyValueHeadCount) * headSize;
  if (!('joined' in modules))
    return {
      modules: roles.map((role) => ({ module: `${prefix}.${modules[role]}`, transposed })),
      outputSizes: roles.map(widthOf),
    };
  const module = `${prefix}.${modules.joined}`;
  const outputSizes = [roles.reduce((sum, role) => sum + widthOf(role), 0)];
  const all = roles.length === order.length && roles.every((role, index) => role === order[index]);
  if (all && modules.rows === 'by-role') return { modules: [{ module, transposed }], outputSizes };
  const starts = { query: 0, key: widthOf('query'), value: widthOf('query') + widthOf('key') };
  const rowOf = (role: AttentionRole, index: number): number => {
    if (modules.rows === 'by-role') return starts[role] + index;
    const head = Math.floor(index / headSize);
    return (head * order.length + order.indexOf(role)) * headSize + (index % headSize);
  };
  const rows = roles.flatMap((role) =>
    Array.from({ length: widthOf(role) }, (_, index) => rowOf(role, index)),
  );
  return { modules: [{ module, transposed, rows: Int32Array.from(rows) }], outputSizes };
}
