import { continues, type TextNode, type TokenTree } from '../tree/token-tree';
import type { SharedState } from './shared-state';

type SharedTree = Pick<SharedState, 'nodes' | 'at'>;

/** The branches behind the shown text's prompt, as a link carries them; of a large tree the shown text alone. */
export function sharedTree(tree: TokenTree, shown: TextNode, most = 1500): SharedTree {
  const ofPrompt = tree.nodes.filter((node) => node.prompt === shown.prompt && node.token);
  const nodes = ofPrompt.length <= most ? ofPrompt : ofPrompt.filter((node) => continues(shown, node));
  const places = new Map(nodes.map((node, place) => [node, place]));
  return {
    nodes: nodes.map(({ parent, token }) => [places.get(parent!) ?? -1, token!.id]),
    at: places.get(shown) ?? -1,
  };
}

/** The ids behind the prompt of one of a link's texts. */
export function sharedIds({ nodes }: Pick<SharedTree, 'nodes'>, place: number): number[] {
  const ids: number[] = [];
  for (let at = place; at >= 0; at = nodes[at]![0]) ids.unshift(nodes[at]![1]);
  return ids;
}

/** The places of the texts that no other one continues. */
export function sharedLeaves({ nodes }: Pick<SharedTree, 'nodes'>): number[] {
  const parents = new Set(nodes.map(([parent]) => parent));
  return nodes.map((_, place) => place).filter((place) => !parents.has(place));
}
