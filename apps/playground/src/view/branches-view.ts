import type { Playground } from '../app/playground';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import { connectMenu } from '../dom/open-menu';
import { compareLeaves, type LeafComparison } from '../tree/compare-leaves';
import { continues, pathOf, type TextNode } from '../tree/token-tree';
import { formatNumber, formatPercent } from './format';

/** How many characters of a branch are told in the list. */
const shown = 60;

/** The branches: which one this is, and the list of all, from which each comes back as it was. */
export function createBranchesView(playground: Playground): () => void {
  const button = byId<HTMLButtonElement>('branches-open');
  const menu = byId('branches');
  connectMenu(button, menu, fill);

  function fill(): void {
    const leaves = playground.tree.leaves();
    menu.replaceChildren(
      element('h2', {}, 'Branches'),
      element('ol', { class: 'branch-list' }, ...leaves.map((leaf) => element('li', {}, branchButton(leaf)))),
    );
  }

  function branchButton(leaf: TextNode): HTMLElement {
    const isHere = continues(leaf, playground.node);
    const made = element(
      'button',
      { type: 'button', class: 'branch', ...(isHere && { 'aria-current': 'true' }) },
      element('span', { class: 'branch-prompt' }, leaf.prompt.text.slice(-24)),
      textOf(leaf).slice(-shown),
      element('span', { class: 'note' }, tokenCount(leaf.length)),
      ...(isHere ? [] : besides(leaf)),
    );
    made.addEventListener('click', () => {
      menu.hidePopover();
      playground.goTo(leaf);
    });
    return made;
  }

  /** How another branch differs from the one that is shown. */
  function besides(leaf: TextNode): HTMLElement[] {
    const here =
      playground.tree.leaves().find((other) => continues(other, playground.node)) ?? playground.node;
    const found = compareLeaves(leaf, here);
    return found ? [element('span', { class: 'branch-parting note' }, partingText(found))] : [];
  }

  return () => {
    const leaves = playground.tree.leaves();
    button.hidden = leaves.length < 2;
    const place = leaves.findIndex((leaf) => continues(leaf, playground.node));
    button.textContent = `branch ${place + 1} of ${leaves.length}`;
  };
}

/** E.g. `parts after 3 tokens: ␣big 12.0 % instead of ␣red 40.1 %; 3.1 bits a token from there, here 2.2`. */
function partingText({ shared, parting, bits, tokens }: LeafComparison): string {
  const [there, here] = parting.map((token) =>
    token ? `${token.token} ${formatPercent(token.probability)} %` : 'its end',
  );
  const [ofIt, ofThis] = bits.map((sum, side) => (tokens[side] ? formatNumber(sum / tokens[side]) : '–'));
  const where = shared === 0 ? 'at the first token' : `after ${tokenCount(shared)}`;
  return `parts ${where}: ${there} instead of ${here}; ${ofIt} bits a token from there, here ${ofThis}`;
}

const tokenCount = (count: number) => (count === 1 ? '1 token' : `${count} tokens`);

function textOf(leaf: TextNode): string {
  return pathOf(leaf)
    .map(({ token }) => token!.piece || token!.token)
    .join('');
}

/** The branch after (or before) the one that is shown. */
export function neighbour({ tree, node }: Playground, by: number): TextNode | undefined {
  const leaves = tree.leaves();
  const place = leaves.findIndex((leaf) => continues(leaf, node));
  return leaves[(place + by + leaves.length) % leaves.length];
}
