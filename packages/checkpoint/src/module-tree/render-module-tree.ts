import { foldChildren } from './fold-children';
import type { ModuleNode, ModuleTree } from './module-node';

/**
 * The tree as PyTorch prints it: `name: Class(arguments)`, children indented by two, equal neighbours of a list folded
 * as `(0-31): 32 x MistralDecoderLayer(…)`. No line break at the end.
 */
export function renderModuleTree(tree: ModuleTree): string {
  return moduleText(tree.root);
}

function moduleText(node: ModuleNode): string {
  if (node.children.length === 0) return `${node.type}(${node.arguments})`;
  const children = foldChildren(node, moduleText).map(
    ({ label, count, text }) => `(${label}): ${count > 1 ? `${count} x ` : ''}${text}`,
  );
  const lines = [...(node.arguments === '' ? [] : [node.arguments]), ...children];
  return `${node.type}(\n  ${lines.map((line) => line.replaceAll('\n', '\n  ')).join('\n  ')}\n)`;
}
