import type { CsvCell } from '@nexttoken/inspector';
import type { Playground } from '../app/playground';

/** What fills the lower band. */
export interface View {
  readonly element: HTMLElement;
  /** Shows what is the case now. */
  draw(): void;
  /** Another view takes its place: frees what only this one needs. */
  readonly leave?: (() => void) | undefined;
  /** Its chart as an SVG file, where it has one. */
  readonly svg?: (() => string | undefined) | undefined;
  /** Its table as lines of cells, the head first, where it has one. */
  readonly table?: (() => readonly (readonly CsvCell[])[] | undefined) | undefined;
}

/** What a view works with. */
export interface ViewHost {
  readonly playground: Playground;
  /** Shows an error in place. */
  report(error: unknown): void;
  /** Shows another view. */
  show(name: ViewName): void;
}

export type ViewFactory = (host: ViewHost) => View;

export const viewNames = [
  'next',
  'compare',
  'beams',
  'model',
  'layers',
  'tokens',
  'ngram',
  'charts',
] as const;

export type ViewName = (typeof viewNames)[number];

export const viewLabels: Readonly<Record<ViewName, string>> = {
  next: 'Next',
  compare: 'Compare',
  beams: 'Beams',
  model: 'Model',
  layers: 'Layers',
  tokens: 'Tokens',
  ngram: 'N-gram',
  charts: 'Charts',
};

/** The code of a view comes when it is first shown. */
export const viewFactories: Readonly<Record<ViewName, () => Promise<ViewFactory>>> = {
  next: async () => (await import('./next-view')).createNextView,
  compare: async () => (await import('./compare-view')).createCompareView,
  beams: async () => (await import('./beams-view')).createBeamsView,
  model: async () => (await import('./model-view')).createModelView,
  layers: async () => (await import('./layers-view')).createLayersView,
  tokens: async () => (await import('./tokens-view')).createTokensView,
  ngram: async () => (await import('./ngram-view')).createNgramView,
  charts: async () => (await import('./charts-view')).createChartsView,
};
