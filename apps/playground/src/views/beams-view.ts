import '@nexttoken/inspector-elements/beam-tree';
import type { BeamTree } from '@nexttoken/inspector';
import { strategies } from '@nexttoken/inspector-elements/sampling-settings';
import { html, nothing, render } from 'lit';
import { element } from '../dom/element';
import { idsOf } from '../tree/token-tree';
import { formatNumber } from '../view/format';
import { statusLine } from './status-line';
import { textKey } from './text-key';
import type { View, ViewHost } from './view';
import { Work } from './work';

const kinds = strategies.filter(({ name }) => name === 'beams' || name === 'diverse-beams');
const lengths = [4, 8, 12, 20, 40];

/** Beam search behind the text, as a tree with every candidate and why it went. */
export function createBeamsView({ playground }: ViewHost): View {
  const root = element('div', { class: 'view' });
  const work = new Work<BeamTree>(draw);
  let length = 8;
  let selected: number | undefined;

  function search(): void {
    const { model, node, settings } = playground;
    if (!model || node.prompt.ids.length === 0) return;
    const request = { ...playground.at(node.length), settings: beamSettings(), maxNewTokens: length };
    selected = undefined;
    work.ask(textKey(playground, settings, length), (signal, tell) =>
      playground.engine.call('beams', request, { signal, onEvent: tell }),
    );
    draw();
  }

  function beamSettings() {
    const { settings } = playground;
    return settings.beam ? settings : kinds[0]!.apply(settings);
  }

  function choose(event: Event): void {
    const kind = kinds.find(({ name }) => name === (event.target as HTMLSelectElement).value);
    if (kind) playground.change(kind.apply(playground.settings));
    search();
  }

  /** The ids from behind the text to a node. */
  function pathTo(tree: BeamTree, place: number): number[] {
    const ids: number[] = [];
    for (let at: number | undefined = place; at !== undefined; at = tree.nodes[at]!.parent)
      ids.unshift(tree.nodes[at]!.id);
    return ids;
  }

  async function take(): Promise<void> {
    const tree = work.result;
    if (!tree || selected === undefined) return;
    const behind = idsOf(playground.node).slice(playground.node.prompt.ids.length);
    await playground.restore([], [...behind, ...pathTo(tree, selected)]);
  }

  function chosenLine(tree: BeamTree) {
    const node = selected === undefined ? undefined : tree.nodes[selected];
    if (!node) return html`<p class="note">Select a token to see its path and its score.</p>`;
    const text = pathTo(tree, selected!)
      .map((_, index, path) => tree.nodes[nodeOnPath(tree, selected!, path.length - 1 - index)]!.text)
      .join('');
    return html`<p class="beam-path"><q>${text}</q>
      <span class="note">Σ ln p ${formatNumber(node.cumulative, 2)} · by length ${formatNumber(node.normalised, 2)} · ${node.why}</span></p>
      <button type="button" @click=${() => void take()}>Take this text</button>`;
  }

  function draw(): void {
    const { settings, model } = playground;
    const tree = work.result;
    const kind = kinds.find(
      ({ name }) => name === (settings.beam && settings.beam.groups > 1 ? 'diverse-beams' : 'beams'),
    );
    render(
      html`<div class="view-tools">
          <label>search <select id="beam-kind" @change=${choose}>${kinds.map(
            ({ name, label }) =>
              html`<option value=${name} ?selected=${name === kind?.name}>${label}</option>`,
          )}</select></label>
          <label>tokens <select id="beam-length" @change=${(event: Event) => {
            length = Number((event.target as HTMLSelectElement).value);
            search();
          }}>${lengths.map((value) => html`<option value=${value} ?selected=${value === length}>${value}</option>`)}</select></label>
          ${
            work.isBusy
              ? html`<button type="button" @click=${() => work.stop()}>Stop</button>`
              : html`<button id="beam-search" type="button" ?disabled=${!model} @click=${() => {
                  work.forget();
                  search();
                }}>Search</button>`
          }
          ${statusLine(work, 'searching')}
        </div>
        <div class="view-body">
          <nt-beam-tree .tree=${tree} .selected=${selected} @nt-beam-select=${(
            event: CustomEvent<{ node: number }>,
          ) => {
            selected = event.detail.node;
            draw();
          }}></nt-beam-tree>
          ${tree ? html`<div class="beam-chosen">${chosenLine(tree)}</div>` : nothing}
        </div>`,
      root,
    );
  }

  return {
    element: root,
    draw() {
      if (playground.model && !playground.generating) search();
      draw();
    },
    table: () =>
      work.result && [
        ['step', 'group', 'rank', 'id', 'token', 'ln p', 'cumulative', 'by length', 'fate', 'reason'],
        ...work.result.nodes.map((node) => [
          node.step,
          node.group,
          node.rank,
          node.id,
          node.token,
          node.logProbability,
          node.cumulative,
          node.normalised,
          node.fate,
          node.why,
        ]),
      ],
    svg: () => root.querySelector('nt-beam-tree')?.toSvg(),
  };
}

/** The node `steps` before a node, on its path. */
function nodeOnPath(tree: BeamTree, place: number, steps: number): number {
  let at = place;
  for (let step = 0; step < steps; step++) at = tree.nodes[at]!.parent ?? at;
  return at;
}
