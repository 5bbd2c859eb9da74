import '@nexttoken/inspector-elements/compare';
import { mixModels } from '@nexttoken/inspector';
import { html, nothing, render } from 'lit';
import { element } from '../dom/element';
import type { NgramPosition, NgramResult } from '../engine/views/view-protocol';
import { formatCount, formatNumber } from '../view/format';
import { setBarWidths } from './bar-widths';
import { statusLine } from './status-line';
import { textKey } from './text-key';
import type { View, ViewHost } from './view';
import { Work } from './work';

/** The text as an n-gram model sees it: how deep its counts reach, and its bits beside the neural model's, on one ruler. */
export function createNgramView({ playground }: ViewHost): View {
  const root = element('div', { class: 'view' });
  const work = new Work<NgramResult>(draw);
  let order = 3;
  let file: File | undefined;
  let lambda = 0.7;

  function ask(): void {
    const { model, node, generating, engine } = playground;
    if (!model || generating || node.prompt.ids.length === 0) return;
    const request = {
      ...playground.at(node.length),
      order,
      ...(file && { text: file, name: file.name }),
    };
    work.ask(textKey(playground, node.key, order, file?.name), (signal) =>
      engine.call('ngram', request, { signal }),
    );
  }

  function change(act: () => void): void {
    act();
    ask();
    draw();
  }

  function row(position: NgramPosition, widest: number) {
    const { token, depth, seen, count, bits, neuralBits, expected } = position;
    const isScored = Number.isFinite(bits) && Number.isFinite(neuralBits);
    const bar = (kind: string, value: number) =>
      html`<span class=${`ruler-bar ${kind}`} data-width=${(value / widest).toFixed(3)}></span>`;
    return html`<tr>
      <th scope="row" class="token">${token}</th>
      <td class="ruler">${isScored ? html`${bar('neural', neuralBits)}${bar('counts', bits)}` : nothing}</td>
      <td class="number">${isScored ? formatNumber(neuralBits) : '–'}</td>
      <td class="number">${isScored ? formatNumber(bits) : '–'}</td>
      <td class=${isScored && neuralBits > bits ? 'number better' : 'number'}>${isScored ? formatNumber(neuralBits - bits) : '–'}</td>
      <td class="number" title=${`${depth} tokens before it were found`}>${depth}</td>
      <td class="number">${formatCount(count)} of ${formatCount(seen)}</td>
      <td class="expected">${expected.map(({ token: other, count: times }) => `${other} ${times}`).join(' · ')}</td>
    </tr>`;
  }

  function mixed(result: NgramResult) {
    const { perplexity } = mixModels(result.comparison, lambda);
    const alone = [1, 0].map((end) => mixModels(result.comparison, end).perplexity);
    return html`<p class="mix">
      <label>${result.comparison.names[0]} <input type="range" min="0" max="1" step="0.01" .value=${String(lambda)}
        aria-label="Weight of the neural model" aria-valuetext=${`${Math.round(lambda * 100)} % neural, perplexity ${formatNumber(perplexity)}`}
        @input=${(event: Event) => {
          lambda = (event.target as HTMLInputElement).valueAsNumber;
          draw();
        }} /> ${Math.round(lambda * 100)} %</label>
      <span class="note">perplexity ${formatNumber(perplexity)} mixed · ${formatNumber(alone[0]!)} neural alone · ${formatNumber(alone[1]!)} counts alone</span>
    </p>`;
  }

  function draw(): void {
    const { result } = work;
    const widest = Math.max(
      1,
      ...(result?.positions ?? [])
        .flatMap(({ bits, neuralBits }) => [bits, neuralBits])
        .filter(Number.isFinite),
    );
    render(
      html`<div class="view-tools">
          <label>order <select id="ngram-order" @change=${(event: Event) =>
            change(() => {
              order = Number((event.target as HTMLSelectElement).value);
            })}>${[1, 2, 3, 4, 5, 6].map((value) => html`<option value=${value} ?selected=${value === order}>${value}</option>`)}</select></label>
          <label class="file-label" for="ngram-text">Count another text…</label>
          <input id="ngram-text" class="unseen" type="file" accept=".txt,.md,text/*" @change=${(
            event: Event,
          ) =>
            change(() => {
              file = (event.target as HTMLInputElement).files?.[0];
            })} />
          ${statusLine(work, 'counting', () => change(() => work.forget()))}
        </div>
        ${
          result
            ? html`<div class="view-body">
                <p class="note">${formatCount(result.tokenCount)} tokens in ${formatCount(result.textCount)} lines of
                  ${file ? file.name : 'what tales itself wrote, as nobody else’s text comes with this page'}, counted with this model’s tokenizer; smoothed after Kneser and Ney.</p>
                ${mixed(result)}
                <div class="scroll" tabindex="0" role="region" aria-label="Bits of each token"><table class="ngram-table">
                  <thead><tr><th scope="col">token</th><th scope="col">bits: neural above, counts below</th><th scope="col" class="number">neural</th>
                    <th scope="col" class="number">counts</th><th scope="col" class="number"><abbr title="Neural minus counts: above 0 the counts saw it coming better">Δ</abbr></th>
                    <th scope="col" class="number"><abbr title="How many tokens before it were found in the counted text; fewer than ${result.order - 1}: backed off">depth</abbr></th>
                    <th scope="col" class="number">seen there</th><th scope="col">counts expect</th></tr></thead>
                  <tbody>${result.positions.map((position) => row(position, widest))}</tbody>
                </table></div>
              </div>`
            : nothing
        }`,
      root,
    );
    setBarWidths(root);
  }

  return {
    element: root,
    draw() {
      ask();
      draw();
    },
    table: () =>
      work.result && [
        ['token', 'id', 'bits neural', 'bits counts', 'depth', 'count', 'seen'],
        ...work.result.positions.map(({ token, id, neuralBits, bits, depth, count, seen }) => [
          token,
          id,
          Number.isFinite(neuralBits) ? neuralBits : '',
          Number.isFinite(bits) ? bits : '',
          depth,
          count,
          seen,
        ]),
      ],
  };
}
