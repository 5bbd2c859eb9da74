import { createPieceTokenizer } from '@nexttoken/generate/testing';
import { attentionHead } from '@nexttoken/inspector';
import { chainOf, initialSettings, newStage, readSampling } from '../../index';
import type { GalleryData } from '../gallery-data';

const data: GalleryData = JSON.parse(await (await fetch('/gallery.json')).text(), (_, value) => {
  if (value?.$undefined) return undefined;
  return value?.$number === undefined ? value : Number(value.$number);
});
const tokenizer = createPieceTokenizer(data.pieces.map((bytes) => Uint8Array.from(bytes)));
const logits = Float32Array.from(data.logits);
const context = { ids: data.promptIds, promptLength: data.promptIds.length };
const gallery = document.querySelector('#gallery')!;
const wanted = new URLSearchParams(location.search).get('only')?.split(',');

/** All events, as the tests read them. */
const log: { readonly type: string; readonly detail: unknown }[] = [];
Object.assign(window, { log });

function add<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  if (wanted && !wanted.includes(tag)) return element;
  const section = document.createElement('section');
  section.append(element);
  gallery.append(section);
  return element;
}

for (const type of [
  'nt-token-select',
  'nt-token-pin',
  'nt-token-preview',
  'nt-candidate-choose',
  'nt-search',
  'nt-stage-preview',
  'nt-step-select',
  'nt-beam-select',
  'nt-length-penalty-change',
  'nt-attention-change',
  'nt-cell-select',
  'nt-module-select',
  'nt-segment-select',
  'nt-piece-select',
  'nt-load-cancel',
  'nt-load-resume',
])
  gallery.addEventListener(type, (event) => log.push({ type, detail: (event as CustomEvent).detail }));

add('nt-token-stream', { tokens: data.stream, legend: true, selected: 8, pinned: [6] });

const settings = {
  ...initialSettings,
  stages: [
    newStage('repetitionPenalty', { penalty: 1 }),
    newStage('temperature', { temperature: 0.8 }),
    newStage('topK', { k: 10 }),
    newStage('topP', { p: 0.6 }),
    newStage('minP', { p: 0 }),
    newStage('typicalP', { p: 1 }),
  ],
};
const row = { logits, context };
const distribution = add('nt-distribution', {
  logits,
  tokenizer,
  context,
  processors: chainOf(settings),
  chosen: readSampling(row, settings).chosen.id,
});
add('nt-sampling-panel', { row, settings, tokenizer });
gallery.addEventListener('nt-sampling-change', (event) => {
  const { detail } = event as HTMLElementEventMap['nt-sampling-change'];
  log.push({ type: event.type, detail: { settings: detail.settings, committed: detail.committed } });
  distribution.processors = detail.processors;
  distribution.chosen = readSampling(row, detail.settings).chosen.id;
});
gallery.addEventListener('nt-stage-preview', (event) => {
  distribution.litStage = (event as HTMLElementEventMap['nt-stage-preview']).detail.stage;
});

const taken = data.stream.filter(({ by }) => by !== 'prompt');
add('nt-timeline', {
  selected: 5,
  steps: taken.map(({ token, surprisal, entropy }, index) => ({
    token,
    surprisal,
    entropy,
    milliseconds: data.milliseconds[index],
    marks: index === 7 ? ['fork'] : [],
  })),
});

add('nt-beam-tree', { tree: data.beams });
add('nt-beam-tree', { tree: data.diverse, heading: 'Beams in groups', widthBy: 'probability' });

const patterns = { ...data.attention, data: Float32Array.from(data.attention.data) };
const ids = data.stream.slice(0, patterns.keys).map(({ id }) => id);
const attention = add('nt-attention', {
  overview: data.overview,
  head: attentionHead(patterns, { layer: 1, head: 2, ids, tokenizer }),
});
gallery.addEventListener('nt-attention-change', (event) => {
  const { detail } = event as HTMLElementEventMap['nt-attention-change'];
  attention.head = attentionHead(patterns, { ...detail, ids, tokenizer });
});

add('nt-lens-grid', { grid: data.lens });
add('nt-module-tree', { root: data.modules });
add('nt-compare', { comparison: data.comparison, selected: 5 });
add('nt-tokens', { tokenizations: data.tokenizations, showIds: true });
add('nt-loader', {
  load: {
    name: 'HuggingFaceTB/SmolLM2-135M',
    state: 'running',
    stage: 'fetching',
    bytes: 81_000_000,
    totalBytes: 269_000_000,
    bytesPerSecond: 9_100_000,
    secondsLeft: 21,
    files: [
      { path: 'model.safetensors', bytes: 79_000_000, totalBytes: 267_000_000 },
      { path: 'tokenizer.json', bytes: 2_000_000, totalBytes: 2_000_000, cached: true },
    ],
  },
});
add('nt-loader', {
  load: {
    name: 'organisation/other',
    state: 'failed',
    bytes: 1_200_000,
    totalBytes: 0,
    error: 'The connection broke.',
  },
});

document.body.dataset.ready = 'true';
