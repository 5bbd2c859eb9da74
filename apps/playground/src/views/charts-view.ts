import '@nexttoken/inspector-elements/distribution';
import type { DrawHistogram, PositionTable } from '@nexttoken/inspector';
import {
  initialSettings,
  newStage,
  type SamplingSettings,
  type StageSettings,
} from '@nexttoken/inspector-elements/sampling-settings';
import { html, nothing, render } from 'lit';
import { element } from '../dom/element';
import type { Shaped } from '../engine/protocol';
import { tokensOf } from '../tree/token-tree';
import { formatNumber, formatPercent } from '../view/format';
import { setBarWidths } from './bar-widths';
import { drawsTable } from './draws-table';
import { statusLine } from './status-line';
import { textKey } from './text-key';
import type { View, ViewHost } from './view';
import { Work } from './work';

const top = 12;
const alternatives = 5;
const drawCount = 1000;

type Chart = 'axes' | 'positions' | 'steps' | 'draws';

const charts: readonly (readonly [Chart, string])[] = [
  ['axes', 'Top-k on two axes'],
  ['positions', 'Top 5 at each position'],
  ['steps', 'Step by step'],
  ['draws', 'A thousand draws'],
];

/** One processor at a time, as the notebooks show them. */
const presets: readonly { readonly name: string; readonly stage: StageSettings }[] = [
  { name: 'temperature 0.01', stage: newStage('temperature', { temperature: 0.01 }) },
  { name: 'temperature 2', stage: newStage('temperature', { temperature: 2 }) },
  { name: 'top-k 5', stage: newStage('topK', { k: 5 }) },
  { name: 'top-p 0.9', stage: newStage('topP', { p: 0.9 }) },
  { name: 'min-p 0.1', stage: newStage('minP', { p: 0.1 }) },
  { name: 'typical-p 0.5', stage: newStage('typicalP', { p: 0.5 }) },
  { name: 'repetition penalty 1.5', stage: newStage('repetitionPenalty', { penalty: 1.5 }) },
];

const raw: SamplingSettings = { ...initialSettings, stages: [] };

/** The three charts that every explanation of sampling begins with, one click each, and what chance makes of the last one. */
export function createChartsView({ playground }: ViewHost): View {
  const root = element('div', { class: 'view' });
  const axes = new Work<readonly [Shaped, Shaped]>(draw);
  const positions = new Work<PositionTable>(draw);
  const steps = new Work<readonly Shaped[]>(draw);
  const draws = new Work<DrawHistogram>(draw);
  let seed = 0;
  let chart: Chart = 'axes';
  let preset = presets[0]!;

  function ask(): void {
    const { model, node, settings, generating, engine } = playground;
    if (!model || generating || node.prompt.ids.length === 0) return;
    if (chart === 'axes') {
      const shape = (shown: SamplingSettings) =>
        engine.call('shape', { ...playground.at(), settings: shown, top, withChosen: false });
      axes.ask(textKey(playground, preset.name), async () => [
        await shape(raw),
        await shape({ ...raw, stages: [preset.stage] }),
      ]);
    } else if (chart === 'positions') {
      const { ids } = playground.at(node.length);
      positions.ask(textKey(playground, ids), (signal) =>
        engine.call('positions', { model: model.name, ids, top: alternatives }, { signal }),
      );
    } else if (chart === 'draws') {
      const request = { ...playground.at(), settings, count: drawCount, seed, top };
      draws.ask(textKey(playground, settings, seed), (signal) => engine.call('draws', request, { signal }));
    } else
      steps.ask(textKey(playground, node.key, settings), async (_, tell) => {
        const shown: Shaped[] = [];
        for (let step = 0; step < node.length; step++) {
          const request = { ...playground.at(step), settings, top: alternatives, withChosen: false };
          shown.push(await engine.call('shape', request));
          tell([...shown]);
        }
        return shown;
      });
  }

  function change(act: () => void): void {
    act();
    ask();
    draw();
  }

  function twoAxes() {
    const [before, after] = axes.result ?? [];
    return html`<div class="view-tools" role="group" aria-label="Processor">${presets.map(
      (one) =>
        html`<button type="button" aria-pressed=${one === preset} @click=${() =>
          change(() => {
            preset = one;
          })}>${one.name}</button>`,
    )}</div>
    ${statusLine(axes, 'reshaping')}
    ${
      before && after
        ? html`<div class="columns">
            <nt-distribution heading="temperature 1, nothing else" .table=${before.table} .top=${top}></nt-distribution>
            <nt-distribution heading=${preset.name} .table=${after.table} .top=${top} chosen-mark="drawn"></nt-distribution>
          </div>`
        : nothing
    }`;
  }

  function cell(token: string, share: number, isTaken: boolean) {
    return html`<td class=${isTaken ? 'taken-cell' : ''}><span class="token">${token}</span> <span class="number">${formatPercent(share)}</span>${
      isTaken ? html`<span class="unseen"> taken</span>` : nothing
    }</td>`;
  }

  const ranks = Array.from({ length: alternatives }, (_, rank) => html`<th scope="col">${rank + 1}</th>`);

  function positionTable() {
    const rows = positions.result?.rows ?? [];
    return html`${statusLine(positions, 'reading the text')}<div class="scroll" tabindex="0" role="region" aria-label="Ranked tokens"><table class="rank-table">
      <thead><tr><th scope="col">#</th><th scope="col">token</th><th scope="col" class="number">%</th><th scope="col" class="number">rank</th><th scope="col" class="number">bits</th>${ranks}</tr></thead>
      <tbody>${rows.map(
        ({
          position,
          token,
          id,
          prediction,
        }) => html`<tr><td class="number">${position}</td><th scope="row" class="token">${token}</th>
          <td class="number">${prediction ? formatPercent(prediction.probability) : '–'}</td><td class="number">${prediction?.rank ?? '–'}</td>
          <td class="number">${prediction ? formatNumber(prediction.surprisal) : '–'}</td>
          ${prediction?.alternatives.map((one) => cell(one.token, one.probability, one.id === id)) ?? html`<td colspan=${alternatives}>nothing comes before it</td>`}</tr>`,
      )}</tbody></table></div>`;
  }

  function stepTable() {
    const taken = tokensOf(playground.node);
    const shown = steps.result ?? [];
    if (taken.length === 0) return html`<p class="note">No token was taken yet: step, or generate.</p>`;
    return html`${statusLine(steps, 'looking at every step')}<div class="scroll" tabindex="0" role="region" aria-label="Ranked tokens"><table class="rank-table">
      <thead><tr><th scope="col">step</th><th scope="col">taken</th><th scope="col" class="number">share %</th>${ranks}</tr></thead>
      <tbody>${shown.slice(0, taken.length).map(({ table }, step) => {
        const { id, token, share } = taken[step]!;
        return html`<tr><td class="number">${step + 1}</td><th scope="row" class="token">${token}</th>
          <td class="number">${share === undefined ? '–' : formatPercent(share)}</td>
          ${table.rows.map((one) => cell(one.token, one.share ?? one.probability, one.id === id))}</tr>`;
      })}</tbody></table></div>`;
  }

  function drawnTokens() {
    return html`<p class="view-tools"><button type="button" id="draw-again" @click=${() =>
      change(() => {
        seed++;
      })}>Draw again</button> <span class="note">seed ${seed}</span></p>${statusLine(draws, 'drawing')}${
      draws.result ? drawsTable(draws.result) : nothing
    }`;
  }

  function draw(): void {
    const bodies = { axes: twoAxes, positions: positionTable, steps: stepTable, draws: drawnTokens };
    render(
      html`<div class="view-tools" role="group" aria-label="Chart">${charts.map(
        ([name, label]) =>
          html`<button type="button" id=${`chart-${name}`} aria-pressed=${name === chart} @click=${() =>
            change(() => {
              chart = name;
            })}>${label}</button>`,
      )}</div><div class="view-body">${bodies[chart]()}</div>`,
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
      chart === 'draws' && draws.result
        ? [
            ['token', 'id', 'share', 'theory', 'drawn'],
            ...draws.result.rows.map(({ token, id, share, expected, drawn }) => [
              token,
              id,
              share,
              expected,
              drawn,
            ]),
          ]
        : undefined,
    svg: () => [...root.querySelectorAll('nt-distribution')].at(-1)?.toSvg(),
  };
}
