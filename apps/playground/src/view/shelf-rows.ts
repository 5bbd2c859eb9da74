import type { CacheEntry } from '@nexttoken/hub';
import { actionButton } from '../dom/action-button';
import { element } from '../dom/element';
import { ngramName } from '../model/model-name';
import type { Library } from '../models/library';
import { formatBytes } from './format';

interface ShelfActions {
  readonly current: () => string;
  readonly use: (name: string) => void;
  readonly offer: (id: string) => void;
  readonly isPageKept: boolean;
  /** The model whose deletion waits for an answer: it outlives the rows, which may be made anew meanwhile. */
  readonly asked: { id?: string | undefined };
}

/** Bytes of the weights, for people. */
const embedded = [
  { name: 'tales', about: 'stories and a few facts' },
  { name: 'tales-chat', about: 'the same, answers questions' },
  { name: ngramName, about: 'no network, only counts of what tales wrote' },
];

/** A line for every model: those of the page, and those that the browser keeps. */
export function shelfRows(library: Library, actions: ShelfActions): HTMLElement[] {
  const own = embedded.map(({ name, about }) => {
    const offline = actions.isPageKept && name === 'tales' ? mark() : '';
    return row(name, [about, ' ', offline], [useButton(name, actions)]);
  });
  const kept = (library.listing?.entries ?? []).map((entry) => keptRow(entry, library, actions));
  return [...own, ...kept];
}

function mark(): HTMLElement {
  return element('span', { class: 'offline', title: 'Runs without a network' }, 'works offline');
}

function row(name: string, about: (Node | string)[], buttons: HTMLElement[]): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: 'model-id' }, name),
    element('span', { class: 'model-about' }, ...about),
    element('span', { class: 'model-actions' }, ...buttons),
  );
}

function useButton(name: string, { current, use }: ShelfActions): HTMLElement {
  if (name === current()) return element('span', { class: 'note in-use' }, 'in use');
  return actionButton('Use', () => use(name), { 'aria-label': `Use ${name}` });
}

function keptRow(entry: CacheEntry, library: Library, actions: ShelfActions): HTMLElement {
  const { id, bytes, partialBytes, worksOffline } = entry;
  const isBusy = library.busy?.id === id && library.busy.progress !== undefined;
  const about = [formatBytes(bytes + partialBytes)];
  if (worksOffline && actions.isPageKept) return row(id, [...about, ' ', mark()], buttons());
  return row(id, [...about, worksOffline ? '' : isBusy ? ' · coming' : ' · not finished'], buttons());

  function buttons(): HTMLElement[] {
    if (isBusy) return [];
    const first = worksOffline
      ? useButton(id, actions)
      : actionButton('Resume', () => actions.offer(id), { 'aria-label': `Resume ${id}` });
    return id === actions.current() ? [first] : [first, deleteButton(entry, library, actions.asked)];
  }
}

/** Asks once more, in place. Going elsewhere on the page withdraws the question; leaving the window does not. */
function deleteButton(entry: CacheEntry, library: Library, asked: ShelfActions['asked']): HTMLElement {
  const { id, bytes, partialBytes } = entry;
  const button = actionButton('Delete', () => {
    if (asked.id === id) return void library.remove(entry);
    asked.id = id;
    draw();
  });
  function draw(): void {
    const isAsked = asked.id === id;
    button.textContent = isAsked ? `Delete ${formatBytes(bytes + partialBytes)}?` : 'Delete';
    button.classList.toggle('sure', isAsked);
  }
  draw();
  button.setAttribute('aria-label', `Delete ${id}`);
  button.addEventListener('blur', ({ relatedTarget }) => {
    if (relatedTarget === null || asked.id !== id) return;
    asked.id = undefined;
    draw();
  });
  return button;
}
