import { checkOptionNames } from '@nexttoken/model';
import type { ModuleRow, ModuleRowsOptions, ModuleTreeNode } from './module-tree-data';

/** Everything that must be equal for two neighbours to be one row: not their names. */
function signature({ type, arguments: args, own, children }: ModuleTreeNode): string {
  const tensors = own.map(({ name, shape, dtype, tiedTo }) => [name, shape, dtype, tiedTo]);
  return JSON.stringify([type, args, tensors, children.map((child) => [child.name, signature(child)])]);
}

interface Group {
  readonly node: ModuleTreeNode;
  readonly name: string;
  readonly count: number;
}

/** Children in order; with `fold`, equal neighbours with numbers for names are one. */
function groupsOf(children: readonly ModuleTreeNode[], fold: boolean): readonly Group[] {
  const groups: { node: ModuleTreeNode; name: string; count: number; signature: string | undefined }[] = [];
  for (const node of children) {
    const own = fold && /^\d+$/.test(node.name) ? signature(node) : undefined;
    const last = groups.at(-1);
    if (last && own !== undefined && last.signature === own) {
      last.count++;
      last.name = `${last.node.name}-${node.name}`;
    } else groups.push({ node, name: node.name, count: 1, signature: own });
  }
  return groups;
}

function matches(node: ModuleTreeNode, search: string): boolean {
  const own = [node.path, node.type, ...node.own.map(({ name }) => `${node.path}.${name}`)];
  return own.some((text) => text.toLowerCase().includes(search));
}

const contains = (node: ModuleTreeNode, search: string): boolean =>
  matches(node, search) || node.children.some((child) => contains(child, search));

/**
 * A module tree as rows, from the root down: what is open, or what a search finds and everything above it; each with its
 * share of the model's parameters and bytes.
 *
 * @param root as `ModuleTree.root` of `@nexttoken/checkpoint`
 * @throws NextTokenError `unsupported-option`
 */
export function moduleRows(root: ModuleTreeNode, options: ModuleRowsOptions = {}): readonly ModuleRow[] {
  checkOptionNames('moduleRows', options, ['open', 'search', 'fold']);
  const { open, fold = false } = options;
  const search = options.search?.trim().toLowerCase() ?? '';
  const rows: ModuleRow[] = [];

  function add({ node, name, count }: Group, depth: number): void {
    if (search !== '' && !contains(node, search)) return;
    const isOpen = search !== '' || open === undefined || open.has(node.path);
    const tied = node.own.find(({ tiedTo }) => tiedTo !== undefined)?.tiedTo;
    rows.push({
      depth,
      path: node.path,
      name,
      type: node.type,
      arguments: node.arguments,
      tensors: node.own,
      count,
      parameters: node.parameters,
      bytes: node.bytes,
      share: root.parameters === 0 ? 0 : (count * node.parameters) / root.parameters,
      byteShare: root.bytes && node.bytes !== null ? (count * node.bytes) / root.bytes : null,
      hasChildren: node.children.length > 0,
      isOpen: isOpen && node.children.length > 0,
      ...(tied !== undefined && { tiedTo: tied }),
    });
    if (isOpen) for (const group of groupsOf(node.children, fold)) add(group, depth + 1);
  }

  add({ node: root, name: root.name || root.type, count: 1 }, 0);
  return rows;
}
