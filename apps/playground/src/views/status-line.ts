import { html, nothing, type TemplateResult } from 'lit';
import { errorText } from '../view/error-text';
import type { Work } from './work';

/** What a view waits for, or what went wrong, in place. */
export function statusLine(
  work: Pick<Work<unknown>, 'error' | 'isBusy'>,
  doing: string,
  again?: () => void,
): TemplateResult {
  if (work.error !== undefined) {
    const { code, message } = errorText(work.error);
    return html`<div class="notice"><p role="alert"><code>${code}</code> ${message}</p>${
      again ? html`<button type="button" @click=${again}>Try again</button>` : nothing
    }</div>`;
  }
  return html`<p class="note working" role="status">${work.isBusy ? doing : nothing}</p>`;
}
