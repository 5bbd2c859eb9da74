import '@nexttoken/inspector-elements/tokens';
import { html, nothing, render } from 'lit';
import { element } from '../dom/element';
import type { TokenizeResult } from '../engine/views/view-protocol';
import { tokensOf } from '../tree/token-tree';
import { chatTokens } from './chat-tokens';
import { statusLine } from './status-line';
import { traceSteps } from './trace-steps';
import type { View, ViewHost } from './view';
import { Work } from './work';

/** The text as several tokenizers cut it, side by side, and how the first one came to it. */
export function createTokensView({ playground, report }: ViewHost): View {
  const root = element('div', { class: 'view' });
  const work = new Work<TokenizeResult>(draw);
  const added: string[] = [];
  let plain: readonly string[] = ['words', 'characters'];
  let own: string | undefined;
  let showIds = false;

  const text = () =>
    own ??
    playground.node.prompt.text +
      tokensOf(playground.node)
        .map(({ piece, special }) => (special ? '' : piece))
        .join('');

  function ask(): void {
    const { model, generating } = playground;
    if (!model || generating || text() === '') return;
    const request = { text: text(), names: [model.name, ...added, ...plain] };
    work.ask(JSON.stringify(request), () => playground.engine.call('tokenize', request));
  }

  async function add(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    const name = file.name === 'tokenizer.json' ? `tokenizer.json ${added.length + 1}` : file.name;
    try {
      await playground.engine.call('addTokenizer', { name, file });
      added.push(name);
      redraw();
    } catch (error) {
      report(error);
    }
  }

  function toggle(name: string): void {
    plain = plain.includes(name) ? plain.filter((other) => other !== name) : [...plain, name];
    redraw();
  }

  function redraw(): void {
    ask();
    draw();
  }

  function draw(): void {
    const box = (name: string) =>
      html`<label><input type="checkbox" .checked=${plain.includes(name)} @change=${() => toggle(name)} /> ${name}</label>`;
    render(
      html`<div class="view-tools">
          <span class="note">beside ${playground.model?.name ?? 'the model'}:</span> ${box('words')} ${box('characters')}
          <label class="file-label" for="add-tokenizer">Add a tokenizer.json…</label>
          <input id="add-tokenizer" class="unseen" type="file" accept=".json" @change=${(event: Event) => void add(event)} />
          <label><input type="checkbox" .checked=${showIds} @change=${() => {
            showIds = !showIds;
            draw();
          }} /> ids</label>
          ${statusLine(work, 'cutting')}
        </div>
        <div class="view-body">
          <label class="own-text">Another text
            <textarea rows="2" spellcheck="false" placeholder="the text above" @input=${(event: Event) => {
              own = (event.target as HTMLTextAreaElement).value || undefined;
              redraw();
            }}></textarea></label>
          <nt-tokens .tokenizations=${work.result?.tokenizations ?? []} .showIds=${showIds}></nt-tokens>
          ${work.result?.message ? chatTokens(work.result.message.name, work.result.message.rendered) : nothing}
          ${work.result?.trace ? traceSteps(work.result.trace) : nothing}
        </div>`,
      root,
    );
  }

  return {
    element: root,
    draw: redraw,
    table: () =>
      work.result && [
        ['tokenizer', 'place', 'id', 'token', 'bytes'],
        ...work.result.tokenizations.flatMap(({ name, pieces }) =>
          pieces.map(({ id, token, bytes }, place) => [name, place, id, token, bytes]),
        ),
      ],
  };
}
