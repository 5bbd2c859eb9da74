import { html, type TemplateResult } from 'lit';
import type { RenderedMessage } from '../engine/views/view-protocol';

/** A message inside its template: the tokens of both, told apart by their frame, and counted. */
export function chatTokens(name: string, { tokens }: RenderedMessage): TemplateResult {
  const own = tokens.filter(({ isMessage }) => isMessage).length;
  return html`<details class="trace-steps chat-tokens">
    <summary>As a message to ${name}: ${tokens.length} tokens, ${tokens.length - own} of them the template’s</summary>
    <p class="trace-parts">${tokens.map(
      ({ token, id, isMessage }) =>
        html`<span class=${isMessage ? 'trace-part of-message' : 'trace-part of-template'} title=${`id ${id}, ${isMessage ? 'the message' : 'the template'}`}>${token}</span>`,
    )}</p>
    <p class="note"><span class="trace-part of-message">the message</span> <span class="trace-part of-template">the template</span></p>
  </details>`;
}
