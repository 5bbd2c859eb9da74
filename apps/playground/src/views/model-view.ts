import '@nexttoken/inspector-elements/module-tree';
import { html, nothing, render } from 'lit';
import { element } from '../dom/element';
import type { ViewApi } from '../engine/views/view-protocol';
import { formatBytes, formatCount } from '../view/format';
import { statusLine } from './status-line';
import type { View, ViewHost } from './view';
import { Work } from './work';

/** What the model is made of, and what a token costs in it. */
export function createModelView({ playground }: ViewHost): View {
  const root = element('div', { class: 'view' });
  const work = new Work<ViewApi['modules']['result']>(draw);

  function ask(): void {
    const { model } = playground;
    if (!model) return;
    const request = { model: model.name, positions: playground.at().ids.length };
    work.ask(model.name, () => playground.engine.call('modules', request));
  }

  function again(): void {
    work.forget();
    ask();
    draw();
  }

  function facts() {
    const { model } = playground;
    const { costs, root: tree } = work.result ?? {};
    if (!model || !tree) return nothing;
    const rows: (readonly [string, string])[] = [
      ['runs on', `${model.device}, ${model.dtype}`],
      ['parameters', formatCount(tree.parameters)],
      ['context', `${formatCount(model.contextLength)} tokens`],
      ['vocabulary', `${formatCount(model.vocabSize)} tokens`],
    ];
    if (tree.bytes !== null) rows.splice(2, 0, ['weights in the file', formatBytes(tree.bytes)]);
    if (costs) {
      rows.push(['cache', `${formatBytes(costs.cacheBytesPerToken)} a token`]);
      rows.push([
        'work',
        `${formatCount(Math.round(costs.operationsPerToken / 1e6))} million operations a token`,
      ]);
    }
    return html`<dl class="facts">${rows.map(
      ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
    )}</dl>`;
  }

  function draw(): void {
    render(
      html`${statusLine(work, 'reading the header of the weights', again)}
        <div class="view-body">${facts()}<nt-module-tree .root=${work.result?.root}></nt-module-tree></div>`,
      root,
    );
  }

  return {
    element: root,
    draw() {
      ask();
      draw();
    },
  };
}
