import type { TokenFacts } from '../engine/protocol';
import { pathOf, type TextNode } from './token-tree';

/** How two branches of one prompt differ. */
export interface LeafComparison {
  /** Tokens behind the prompt that both share. */
  readonly shared: number;
  /** What each takes where they part; absent where one ends there. */
  readonly parting: readonly [TokenFacts | undefined, TokenFacts | undefined];
  /** What each costs behind that point, in bits under the raw logits, and its tokens there. */
  readonly bits: readonly [number, number];
  readonly tokens: readonly [number, number];
}

/** Where two branches part, and what the model makes of either way on; nothing for branches of different prompts. */
export function compareLeaves(a: TextNode, b: TextNode): LeafComparison | undefined {
  if (a.prompt.text !== b.prompt.text || a.prompt.ids.join() !== b.prompt.ids.join()) return undefined;
  const paths = [pathOf(a), pathOf(b)] as const;
  let shared = 0;
  while (paths[0][shared] && paths[0][shared] === paths[1][shared]) shared++;
  const rest = paths.map((path) => path.slice(shared).map(({ token }) => token!));
  const [left, right] = rest as [TokenFacts[], TokenFacts[]];
  const bitsOf = (tokens: readonly TokenFacts[]) => tokens.reduce((sum, { surprisal }) => sum + surprisal, 0);
  return {
    shared,
    parting: [left[0], right[0]],
    bits: [bitsOf(left), bitsOf(right)],
    tokens: [left.length, right.length],
  };
}
