import type { LogitsProcessor, Sampler } from '@nexttoken/model';
import type { SamplingSettings } from '../sampling-settings/sampling-settings';

/** Details of all events, by their names. Each bubbles and leaves shadow roots. */
export interface NtEvents {
  /** A token of the stream, or none, is under the pointer or the cursor. */
  'nt-token-preview': { readonly index: number | undefined };
  /** A token of a text was clicked, or Enter was pressed on it. */
  'nt-token-select': { readonly index: number };
  /** Ctrl-click or Shift-Enter: the token is to be kept for comparison, or no longer. */
  'nt-token-pin': { readonly index: number; readonly pinned: boolean };
  /** A candidate for the next token was chosen: a branch begins. */
  'nt-candidate-choose': { readonly id: number; readonly token: string };
  /** A candidate, or none, is under the pointer or the cursor. */
  'nt-candidate-preview': { readonly id: number | undefined };
  /** Something is looked for; who gave a ready-made table gives `found`. */
  'nt-search': { readonly query: string };
  /** The settings are others now. `committed` is false while a slider moves. */
  'nt-sampling-change': {
    readonly settings: SamplingSettings;
    readonly processors: LogitsProcessor<readonly unknown[]>;
    readonly sampler: Sampler;
    readonly committed: boolean;
  };
  /** A stage, or none, is under the pointer or the cursor: its name in the trace, e.g. `topK (2)`. */
  'nt-stage-preview': { readonly stage: string | undefined };
  'nt-step-select': { readonly index: number };
  'nt-step-preview': { readonly index: number | undefined };
  /** A node of the beam tree, by its place in `tree.nodes`. */
  'nt-beam-select': { readonly node: number };
  'nt-length-penalty-change': { readonly lengthPenalty: number };
  /** Another head, mass or treatment of the first position is wanted. */
  'nt-attention-change': {
    readonly layer: number;
    readonly head: number;
    readonly mass: number;
    readonly ignoreFirst: boolean;
  };
  'nt-cell-select': { readonly layer: number; readonly position: number };
  'nt-module-select': { readonly path: string };
  /** A segment of the comparison, by its place in `comparison.segments`. */
  'nt-segment-select': { readonly index: number };
  /** A token of one of the tokenizations. */
  'nt-piece-select': { readonly tokenization: number; readonly index: number };
  /** The buttons of the loader. */
  'nt-load-cancel': { readonly name: string };
  'nt-load-resume': { readonly name: string };
}

declare global {
  interface HTMLElementEventMap {
    'nt-token-preview': CustomEvent<NtEvents['nt-token-preview']>;
    'nt-token-select': CustomEvent<NtEvents['nt-token-select']>;
    'nt-token-pin': CustomEvent<NtEvents['nt-token-pin']>;
    'nt-candidate-choose': CustomEvent<NtEvents['nt-candidate-choose']>;
    'nt-candidate-preview': CustomEvent<NtEvents['nt-candidate-preview']>;
    'nt-search': CustomEvent<NtEvents['nt-search']>;
    'nt-sampling-change': CustomEvent<NtEvents['nt-sampling-change']>;
    'nt-stage-preview': CustomEvent<NtEvents['nt-stage-preview']>;
    'nt-step-select': CustomEvent<NtEvents['nt-step-select']>;
    'nt-step-preview': CustomEvent<NtEvents['nt-step-preview']>;
    'nt-beam-select': CustomEvent<NtEvents['nt-beam-select']>;
    'nt-length-penalty-change': CustomEvent<NtEvents['nt-length-penalty-change']>;
    'nt-attention-change': CustomEvent<NtEvents['nt-attention-change']>;
    'nt-cell-select': CustomEvent<NtEvents['nt-cell-select']>;
    'nt-module-select': CustomEvent<NtEvents['nt-module-select']>;
    'nt-segment-select': CustomEvent<NtEvents['nt-segment-select']>;
    'nt-piece-select': CustomEvent<NtEvents['nt-piece-select']>;
    'nt-load-cancel': CustomEvent<NtEvents['nt-load-cancel']>;
    'nt-load-resume': CustomEvent<NtEvents['nt-load-resume']>;
  }
}
