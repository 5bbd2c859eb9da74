import type { DownloadPlan, DownloadProgress } from '@nexttoken/hub';
import { actionButton } from '../dom/action-button';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import type { Library } from '../models/library';
import { errorText } from './error-text';
import { formatBytes, formatSeconds } from './format';
import type { ModelsActions } from './models-view';

/** Below the id: its size and the button that fetches it; then how far that is; then what went wrong, or the way to use it. */
export function createOfferView(library: Library, { use }: ModelsActions): () => void {
  const offer = byId('offer');
  const bar = element('progress', { 'aria-label': 'Download' });
  const words = element('p', { class: 'note', 'aria-live': 'off' });
  const cancel = actionButton('Cancel', () => library.cancel());
  let shown: unknown;

  /** Draws anew only when something else is to be shown, so that focus stays where it is. */
  function show(what: unknown, parts: () => (Node | string)[]): void {
    if (shown !== what) offer.replaceChildren(...parts());
    shown = what;
  }

  return () => {
    const { plan, busy, ready, error } = library;
    if (busy?.progress) {
      bar.max = busy.progress.totalBytes;
      bar.value = busy.progress.bytes;
      words.textContent = progressText(busy.progress);
      show('progress', () => [bar, words, cancel]);
      return;
    }
    if (busy) show('looking', () => [element('p', { class: 'note' }, `asking for ${busy.id}`)]);
    else if (error !== undefined) show(error, () => failure(error, library));
    else if (ready !== undefined) show(ready, () => readyParts(ready, use));
    else if (plan) show(plan, () => planParts(plan, library, use));
    else show(undefined, () => []);
  };
}

function progressText({ bytes, totalBytes, bytesPerSecond, secondsLeft }: DownloadProgress): string {
  const rate = bytesPerSecond > 0 ? ` · ${formatBytes(bytesPerSecond)}/s` : '';
  const left = secondsLeft === undefined ? '' : ` · ${formatSeconds(secondsLeft)} left`;
  return `${formatBytes(bytes)} of ${formatBytes(totalBytes)}${rate}${left}`;
}

function planParts(plan: DownloadPlan, library: Library, use: (name: string) => void): HTMLElement[] {
  const { id, files, totalBytes, missingBytes } = plan;
  const here = totalBytes - missingBytes;
  const size = `${formatBytes(totalBytes)} in ${files.length} files`;
  if (missingBytes === 0) return readyParts(id, use);
  const rest = here > 0 ? ` · ${formatBytes(here)} of it is here already` : '';
  const button = actionButton(
    here > 0 ? `Resume: ${formatBytes(missingBytes)}` : `Download ${formatBytes(missingBytes)}`,
    () => void library.fetch(id),
    { class: 'primary' },
  );
  return [element('p', {}, element('b', {}, id), ` · ${size}${rest}`), button];
}

function readyParts(id: string, use: (name: string) => void): HTMLElement[] {
  const button = actionButton('Use it', () => use(id), { class: 'primary' });
  return [element('p', {}, element('b', {}, id), ' is here.'), button];
}

function failure(error: unknown, library: Library): HTMLElement[] {
  const { code, message } = errorText(error);
  const parts: HTMLElement[] = [element('p', { role: 'alert' }, element('code', {}, code), ` ${message}`)];
  const { plan } = library;
  if (plan) parts.push(actionButton('Try again', () => void library.fetch(plan.id)));
  return parts;
}
