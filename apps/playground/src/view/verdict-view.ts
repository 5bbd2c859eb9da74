import { actionButton } from '../dom/action-button';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import type { VerifyResult } from '../engine/views/view-protocol';

/** Says what replaying a trace came to, until it is dismissed. */
export function showVerdict({ same, words }: VerifyResult): void {
  const verdict = byId('verdict');
  verdict.hidden = false;
  verdict.classList.toggle('bad', !same);
  verdict.replaceChildren(
    element('p', { role: 'status' }, element('b', {}, same ? 'Verified' : 'Not the same'), ` ${words}`),
    actionButton('Dismiss', () => {
      verdict.hidden = true;
    }),
  );
}
