import { css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../element/define';
import { formatBytes, formatSeconds } from '../element/format';
import { NtElement } from '../element/nt-element';
import type { LoadState } from './load-state';

const styles = css`
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }

  .name {
    font-weight: 550;
    overflow-wrap: anywhere;
  }

  .figures {
    flex: 1 1 240px;
  }

  progress {
    display: block;
    width: 100%;
    height: 4px;
    margin: 8px 0;
    appearance: none;
    border: 0;
    background: var(--line);
  }

  progress::-webkit-progress-bar {
    background: var(--line);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  summary {
    min-height: var(--target);
    color: var(--soft);
    font-size: 13px;
    line-height: var(--target);
    cursor: pointer;
  }
`;

const states: Readonly<Record<LoadState['state'], string>> = {
  running: 'loading',
  stopped: 'stopped',
  failed: 'failed',
  done: 'here',
};

/** What is being loaded: bytes, rate, time left, files; cancel, and go on. */
export class NtLoader extends NtElement {
  static override styles = [...NtElement.styles, styles];
  static override properties = { load: { attribute: false } };
  declare load: LoadState | undefined;

  constructor() {
    super();
    this.load = undefined;
  }

  override render(): TemplateResult {
    const { load } = this;
    if (!load) return html`<slot name="empty"></slot>`;
    const { name, state, bytes = 0, totalBytes = 0, error, stage } = load;
    const part = totalBytes > 0 ? bytes / totalBytes : undefined;
    const label = `${stage ?? states[state]} ${name}`;
    return html`
      <div class="line" part="head">
        <span class="name">${name}</span>
        <span class="note figures" part="note">${this.#figures(load)}</span>
        ${this.#button(load)}
      </div>
      ${
        state === 'done'
          ? nothing
          : part === undefined
            ? html`<progress aria-label=${label}></progress>`
            : html`<progress aria-label=${label} max="1" .value=${part}></progress>`
      }
      <p class="unseen" role="status">${state === 'running' ? '' : `${name}: ${states[state]}`}</p>
      ${error ? html`<p class="error" role="alert">${error}${bytes > 0 ? ` ${formatBytes(bytes)} are kept.` : ''}</p>` : nothing}
      ${this.#files(load)}
    `;
  }

  /** What is known in numbers; a size that nobody announced is not made up. */
  #figures({ state, stage, bytes = 0, totalBytes = 0, bytesPerSecond, secondsLeft }: LoadState): string {
    const done = bytes > 0 || totalBytes > 0 ? formatBytes(bytes) : '';
    const size = totalBytes > 0 ? `${done} of ${formatBytes(totalBytes)}` : done;
    if (state === 'done')
      return ['here', totalBytes > 0 ? formatBytes(totalBytes) : done].filter(Boolean).join(' · ');
    const isRunning = state === 'running';
    return [
      isRunning ? (stage ?? 'loading') : states[state],
      size,
      isRunning && bytesPerSecond ? `${formatBytes(bytesPerSecond)}/s` : '',
      isRunning && secondsLeft !== undefined ? `${formatSeconds(secondsLeft)} left` : '',
    ]
      .filter(Boolean)
      .join(' · ');
  }

  #button({ name, state, bytes = 0 }: LoadState): TemplateResult | typeof nothing {
    if (state === 'running')
      return html`<button type="button" @click=${() => this.emit('nt-load-cancel', { name })}>Cancel</button>`;
    if (state === 'done') return nothing;
    const label = bytes > 0 ? 'Resume' : 'Try again';
    return html`<button type="button" @click=${() => this.emit('nt-load-resume', { name })}>${label}</button>`;
  }

  #files({ files = [] }: LoadState): TemplateResult | typeof nothing {
    if (files.length === 0) return nothing;
    return html`<details><summary>${files.length} ${files.length === 1 ? 'file' : 'files'}</summary><div class="scroll" tabindex="0" role="region" aria-label="Table"><table part="table">
      <caption class="unseen">Files, and what is here of each</caption>
      <thead><tr><th scope="col">file</th><th scope="col" class="number">here</th><th scope="col" class="number">of</th><th scope="col"></th></tr></thead>
      <tbody>${files.map(
        ({ path, bytes, totalBytes, cached }) => html`<tr><td class="token">${path}</td>
          <td class="number">${formatBytes(bytes)}</td><td class="number">${formatBytes(totalBytes)}</td>
          <td>${cached ? 'was here' : bytes >= totalBytes ? 'done' : ''}</td></tr>`,
      )}</tbody>
    </table></div></details>`;
  }
}

define('nt-loader', NtLoader);

declare global {
  interface HTMLElementTagNameMap {
    'nt-loader': NtLoader;
  }
}
