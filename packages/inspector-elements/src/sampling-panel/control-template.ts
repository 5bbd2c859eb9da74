import type { Tokenizer } from '@nexttoken/model';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Control, NumberControl } from '../sampling-settings/control';
import { listText, numberText, parseList } from './control-text';
import { placeOf, valueAt } from './place-of';

/** One parameter that can be set. */
export interface ControlView {
  readonly id: string;
  readonly value: unknown;
  readonly tokenizer: Tokenizer | undefined;
  /** Whether what it belongs to does not run. */
  readonly isOff: boolean;
  /** Said behind the value, for who does not see the effect. */
  readonly effect?: string | undefined;
  readonly error?: string | undefined;
  readonly onValue: (value: unknown, committed: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** A slider over the values of a number. */
export function slider(control: NumberControl, label: string, view: ControlView): TemplateResult {
  const { id, value, isOff, effect, onValue } = view;
  const text = isOff ? 'off' : numberText(control, value);
  const set = (event: Event, committed: boolean) =>
    onValue(valueAt(control, (event.target as HTMLInputElement).valueAsNumber), committed);
  return html`<input type="range" id=${id} class=${isOff ? 'is-off' : ''} min="0" max=${control.values.length - 1}
    step="1" .value=${live(String(placeOf(control, value)))} aria-label=${label}
    aria-valuetext=${effect ? `${text}, ${effect}` : text}
    @input=${(event: Event) => set(event, false)} @change=${(event: Event) => set(event, true)} />`;
}

function field(control: Control, view: ControlView): TemplateResult {
  const { id, value, tokenizer, onValue, onError, error } = view;
  if (control.kind === 'number') return slider(control, control.label, view);
  if (control.kind === 'flag')
    return html`<input type="checkbox" id=${id} .checked=${live(value === true)}
      @change=${(event: Event) => onValue((event.target as HTMLInputElement).checked, true)} />`;
  if (control.kind === 'choice')
    return html`<select id=${id} @change=${(event: Event) => onValue((event.target as HTMLSelectElement).value, true)}>
      ${control.values.map((each) => html`<option ?selected=${each === (value ?? control.initial)}>${each}</option>`)}
    </select>`;
  const examples = {
    ids: '262 " Paris"',
    sequences: '1 2; " a b"',
    biases: '262: −5',
    'sequence-biases': '1 2: 5',
  };
  const read = (event: Event) => {
    try {
      onValue(parseList(control, (event.target as HTMLInputElement).value, tokenizer), true);
    } catch (thrown) {
      onError(thrown);
    }
  };
  return html`<input type="text" id=${id} .value=${listText(control, value)} placeholder=${examples[control.kind]}
    aria-invalid=${error ? 'true' : 'false'} spellcheck="false" autocomplete="off" @change=${read} />`;
}

/** A parameter with its name and, of a number, its value. */
export function controlTemplate(control: Control, view: ControlView): TemplateResult {
  return html`<div class="control">
    <label for=${view.id}>${control.label}</label>
    ${control.kind === 'number' ? html`<span class="value">${numberText(control, view.value)}</span>` : nothing}
    ${field(control, view)}
  </div>`;
}
