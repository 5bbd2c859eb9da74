import { byId } from '../dom/by-id';
import { listenToKeys } from '../keyboard/listen-to-keys';
import { tokensOf } from '../tree/token-tree';
import { neighbour } from '../view/branches-view';
import type { Playground } from './playground';

interface PageKeys {
  readonly generate: () => void;
  readonly models: () => void;
  readonly help: () => void;
}

/** From here on a token is worth a stop, though none was a fork. */
const surprisingBits = 3;

/** Gives every key of the map its work. */
export function connectKeys(playground: Playground, { generate, models, help }: PageKeys): void {
  const goToBranch = (by: number) => {
    const other = neighbour(playground, by);
    if (other) playground.goTo(other);
  };
  listenToKeys({
    generate,
    models,
    help,
    step: () => void playground.step(),
    sentence: () => void playground.run('sentence'),
    fork: () => void playground.run('fork'),
    stop: () => playground.stop(),
    undo: () => playground.undo(),
    redo: () => playground.redo(),
    back: () => playground.back(),
    lookBack: () => playground.look(Math.max(0, playground.position - 1)),
    lookForward: () => playground.look(playground.position + 1),
    nextUncertain: () => playground.look(nextUncertain(playground)),
    nextBranch: () => goToBranch(1),
    previousBranch: () => goToBranch(-1),
    search: focusSearch,
    edit: () => byId('prompt').focus(),
    share: () => byId('share-open').click(),
    theme: () => byId('theme').click(),
  });
}

function nextUncertain(playground: Playground): number | undefined {
  const taken = tokensOf(playground.node);
  const from = playground.position < taken.length ? playground.position + 1 : 0;
  const place = taken.findIndex(
    (token, index) => index >= from && (token.leading < 0.5 || token.surprisal > surprisingBits),
  );
  return place < 0 ? undefined : place;
}

function focusSearch(): void {
  const root = document.querySelector('nt-distribution')?.shadowRoot;
  root?.querySelector<HTMLInputElement>('input[type="search"], input')?.focus();
}
