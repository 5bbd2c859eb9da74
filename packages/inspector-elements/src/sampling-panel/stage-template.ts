import type { TracedStage } from '@nexttoken/inspector';
import type { Tokenizer } from '@nexttoken/model';
import { html, nothing, type TemplateResult } from 'lit';
import type { StageSettings } from '../sampling-settings/sampling-settings';
import { stageControlOf } from '../sampling-settings/stage-controls';
import { controlTemplate, slider } from './control-template';
import { numberText } from './control-text';
import { effectSentence, effectText } from './stage-effect';

/** One processor of the panel. */
export interface StageView {
  readonly key: string;
  readonly place: number;
  readonly stage: StageSettings;
  /** What it does to the row; absent for one that does not run, or without a row. */
  readonly traced: TracedStage | undefined;
  readonly isOff: boolean;
  readonly isOpen: boolean;
  readonly isDragged: boolean;
  readonly error: string | undefined;
  readonly tokenizer: Tokenizer | undefined;
  readonly onParameter: (name: string, value: unknown, committed: boolean) => void;
  readonly onError: (error: unknown) => void;
  readonly onSwitch: () => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
  readonly onGrip: (event: PointerEvent) => void;
  readonly onGripKey: (event: KeyboardEvent) => void;
  readonly onPreview: (isOver: boolean) => void;
}

const grip = html`<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="6" cy="4" r="1" /><circle cx="10" cy="4" r="1" /><circle cx="6" cy="8" r="1" /><circle cx="10" cy="8" r="1" /><circle cx="6" cy="12" r="1" /><circle cx="10" cy="12" r="1" /></svg>`;
const chevron = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 6 4 4 4-4" /></svg>`;

/** A processor: where it stands, its main value as a slider, what it does, and its details. */
export function stageTemplate(view: StageView): TemplateResult {
  const { key, stage, traced, isOff, isOpen, isDragged, error } = view;
  const control = stageControlOf(stage.type);
  const label = control?.label ?? stage.type;
  const [main, ...details] = control?.controls ?? [];
  const isSlider = main?.kind === 'number';
  const rest = isSlider || !main ? details : [main, ...details];
  const controlView = (name: string) => ({
    id: `${key}-${name}`,
    value: stage.parameters[name],
    tokenizer: view.tokenizer,
    isOff,
    error,
    onValue: (value: unknown, committed: boolean) => view.onParameter(name, value, committed),
    onError: view.onError,
  });
  return html`<li class=${['stage', isOff ? 'off' : '', isDragged ? 'dragged' : ''].filter(Boolean).join(' ')}
      part="stage" data-place=${view.place}
      @mouseenter=${() => view.onPreview(true)} @mouseleave=${() => view.onPreview(false)}
      @focusin=${() => view.onPreview(true)} @focusout=${() => view.onPreview(false)}>
    <div class="line">
      <button type="button" class="bare grip" aria-label=${`Move ${label}: arrow up, arrow down`} title="drag, or arrow keys"
        @pointerdown=${view.onGrip} @keydown=${view.onGripKey}>${grip}</button>
      <span class="name" title=${control?.help ?? ''}>${label}</span>
      <span class="effect" title=${traced ? effectSentence(traced) : ''}>${traced ? effectText(traced) : ''}</span>
      <button type="button" class="link switch" aria-label=${`Switch ${label} ${isOff ? 'on' : 'off'}`}
        @click=${view.onSwitch}>${isOff ? 'on' : 'off'}</button>
      <span class="value">${isOff ? 'off' : isSlider ? numberText(main, stage.parameters[main.name]) : ''}</span>
      <button type="button" class="bare more" aria-expanded=${isOpen} aria-label=${`More about ${label}`}
        @click=${view.onToggle}>${chevron}</button>
    </div>
    ${isSlider ? slider(main, label, { ...controlView(main.name), effect: traced && effectSentence(traced) }) : nothing}
    ${
      isOpen || (!isSlider && rest.length > 0)
        ? html`<div class="details">
          ${rest.map((each) => controlTemplate(each, controlView(each.name)))}
          ${
            isOpen
              ? html`<p class="note">${control?.help} <span class="formula">${control?.formula}</span></p>
              <button type="button" @click=${view.onRemove}>Remove ${label}</button>`
              : nothing
          }</div>`
        : nothing
    }
    ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
  </li>`;
}
