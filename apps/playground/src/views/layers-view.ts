import '@nexttoken/inspector-elements/attention';
import '@nexttoken/inspector-elements/lens-grid';
import type { AttentionHeadView, AttentionOverview, LensGrid } from '@nexttoken/inspector';
import type { NtEvents } from '@nexttoken/inspector-elements';
import { html, render } from 'lit';
import { element } from '../dom/element';
import { statusLine } from './status-line';
import { textKey } from './text-key';
import type { View, ViewHost } from './view';
import { Work } from './work';

type Wanted = NtEvents['nt-attention-change'];

/** What each layer would say, and what a head looks at. */
export function createLayersView({ playground }: ViewHost): View {
  const root = element('div', { class: 'view' });
  const lens = new Work<LensGrid>(draw);
  const attention = new Work<{ overview: AttentionOverview; head: AttentionHeadView }>(draw);
  /** The model that may be opened a second time, whatever it costs. */
  let sure: string | undefined;
  let wanted: Wanted = { layer: 0, head: 0, mass: 0.9, ignoreFirst: false };

  function ask(): void {
    const { model, settings, generating, engine } = playground;
    if (!model || generating) return;
    const { ids } = playground.at();
    if (ids.length === 0) return;
    lens.ask(textKey(playground, settings.stages), (signal) =>
      engine.call('lens', { model: model.name, ids, settings }, { signal }),
    );
    const isSure = sure === model.name;
    attention.ask(textKey(playground, wanted, isSure), (signal) =>
      engine.call('attention', { model: model.name, ids, ...wanted, isSure }, { signal }),
    );
  }

  function openHeads(): void {
    sure = playground.model?.name;
    attention.forget();
    ask();
    draw();
  }

  function again(): void {
    lens.forget();
    ask();
    draw();
  }

  function draw(): void {
    render(
      html`<div class="view-body">
          ${statusLine(lens, 'reading every layer', again)}
          <nt-lens-grid .grid=${lens.result} @nt-candidate-choose=${(event: CustomEvent<{ id: number }>) => void playground.take(event.detail.id)}></nt-lens-grid>
        </div>
        <div class="view-body ruled">
          ${statusLine(attention, 'opening the heads: the model once more, with attention as an output', openHeads)}
          <nt-attention .head=${attention.result?.head} .overview=${attention.result?.overview}
            @nt-attention-change=${(event: CustomEvent<Wanted>) => {
              wanted = event.detail;
              ask();
            }}></nt-attention>
        </div>`,
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
      const { model, engine } = playground;
      if (attention.isBusy) attention.forget();
      // It may be gone already, with another model.
      if (model) engine.call('closeHeads', { model: model.name }).catch(() => undefined);
    },
    table: () =>
      lens.result && [
        ['layer', ...lens.result.columns.map(({ token, position }) => `${position} ${token}`)],
        ...lens.result.layers.map(({ name, cells }) => [
          name,
          ...cells.map(({ top }) => top[0]?.token ?? ''),
        ]),
      ],
    svg: () => root.querySelector('nt-attention')?.toSvg(),
  };
}
