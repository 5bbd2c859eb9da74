import '@nexttoken/inspector-elements/compare';
import '@nexttoken/inspector-elements/token-stream';
import { comparisonLines } from '@nexttoken/inspector';
import { html, nothing, render } from 'lit';
import { element } from '../dom/element';
import type { TokenFacts } from '../engine/protocol';
import type { CompareRequest, CompareResult } from '../engine/views/view-protocol';
import { formatNumber } from '../view/format';
import { statusLine } from './status-line';
import { streamToken } from './token-text';
import type { View, ViewHost } from './view';
import { Work } from './work';

const embedded = ['tales', 'tales-chat'];

type Way = 'text' | 'chat';

/** Models that were tuned to answer say so in their name; a template alone says little. */
const answers = (name: string): boolean => /chat|instruct|(^|[-_])it([-_.]|$)/i.test(name);

const words: Readonly<Record<Way, string>> = {
  text: 'continues the prompt',
  chat: 'answers it as a message',
};

/** Two models beside each other: what each writes behind the same prompt, and both on one text, in bits. */
export function createCompareView({ playground }: ViewHost): View {
  const root = element('div', { class: 'view' });
  const work = new Work<CompareResult>(draw);
  let other: string | undefined;
  const ways = new Map<string, Way>();
  let atMost = 24;
  /** The model that was opened beside the present one. */
  let held: string | undefined;

  const names = () =>
    [...new Set([...embedded, ...playground.models.requests.keys(), playground.model?.name ?? ''])].filter(
      Boolean,
    );
  const wayOf = (name: string): Way => ways.get(name) ?? (answers(name) ? 'chat' : 'text');
  const partner = () =>
    other ??
    names().find((name) => name !== playground.model?.name && embedded.includes(name)) ??
    'tales-chat';

  function ask(): void {
    const { model, node, settings, generating, engine } = playground;
    if (!model || generating || node.prompt.text === '') return;
    const prompt = node.prompt.text;
    const second = partner();
    const { beam: _, ...drawn } = settings;
    const asked = [model.name, second, wayOf(model.name), wayOf(second), prompt, drawn, atMost];
    work.ask(JSON.stringify(asked), async (signal) => {
      if (held !== undefined && held !== second) playground.models.close(held);
      held = second;
      const request = playground.models.requests.get(second) ?? { name: second };
      const card = await engine.call('open', request, { signal });
      const side = (name: string, isChat: boolean): CompareRequest['sides'][number] => ({
        model: name,
        as: isChat ? wayOf(name) : 'text',
      });
      const sides = [side(model.name, model.isChat), side(second, card.isChat)] as const;
      return engine.call('compare', { sides, prompt, settings: drawn, atMost }, { signal });
    });
  }

  function change(act: () => void): void {
    act();
    ask();
    draw();
  }

  function column(name: string, how: string, tokens: readonly TokenFacts[] | undefined) {
    const bits = tokens?.reduce((sum, token) => sum + token.surprisal, 0) ?? 0;
    return html`<section>
      <div class="section-head"><h2 class="plain-head">${name}</h2><p class="note">${how}${
        tokens?.length ? ` · ${formatNumber(bits / tokens.length)} bits a token` : ''
      }</p></div>
      <nt-token-stream .tokens=${(tokens ?? []).map(streamToken)} label=${`What ${name} wrote`}></nt-token-stream>
    </section>`;
  }

  function draw(): void {
    const { model } = playground;
    const { result } = work;
    const second = partner();
    const waySelect = (name: string) =>
      html`<label>${name} <select class="compare-as" aria-label=${`What ${name} does`} @change=${(
        event: Event,
      ) => change(() => ways.set(name, (event.target as HTMLSelectElement).value as Way))}>
        <option value="text" ?selected=${wayOf(name) === 'text'}>continues the prompt</option>
        <option value="chat" ?selected=${wayOf(name) === 'chat'}>answers it</option></select></label>`;
    render(
      html`<div class="view-tools">
          <label>beside <select id="compare-with" @change=${(event: Event) =>
            change(() => {
              other = (event.target as HTMLSelectElement).value;
            })}>${names()
            .filter((name) => name !== model?.name)
            .map(
              (name) => html`<option value=${name} ?selected=${name === second}>${name}</option>`,
            )}</select></label>
          ${waySelect(model?.name ?? '')} ${waySelect(second)}
          <label>tokens <select @change=${(event: Event) =>
            change(() => {
              atMost = Number((event.target as HTMLSelectElement).value);
            })}>${[12, 24, 48, 96].map((count) => html`<option value=${count} ?selected=${count === atMost}>${count}</option>`)}</select></label>
          ${statusLine(work, 'both are writing', () => change(() => work.forget()))}
        </div>
        ${
          result
            ? html`<div class="view-body columns">
                ${column(result.comparison.names[0], words[wayOf(result.comparison.names[0])], result.written[0])}
                ${column(result.comparison.names[1], words[wayOf(result.comparison.names[1])], result.written[1])}
              </div>
              <div class="view-body ruled">
                <p class="note">Both read what ${result.comparison.names[0]} wrote:</p>
                <nt-compare .comparison=${result.comparison}></nt-compare>
              </div>`
            : nothing
        }`,
      root,
    );
  }

  return {
    element: root,
    draw() {
      ask();
      draw();
    },
    leave() {
      if (work.isBusy) work.forget();
      if (held !== undefined) playground.models.close(held);
      held = undefined;
    },
    table: () => work.result && comparisonLines(work.result.comparison),
  };
}
