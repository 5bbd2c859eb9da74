import { html, type TemplateResult } from 'lit';
import type { StageControl } from '../sampling-settings/control';
import { inOrder, type OrderName, orderOfStages } from '../sampling-settings/orders';
import type { SamplingSettings } from '../sampling-settings/sampling-settings';
import { stageControls } from '../sampling-settings/stage-controls';
import { strategies } from '../sampling-settings/strategies';
import { strategyOf } from '../sampling-settings/strategy-of';

type Change = (settings: SamplingSettings) => void;

const orderLabels: Readonly<Record<OrderName, string>> = {
  'hugging-face': 'Hugging Face',
  'llama.cpp': 'llama.cpp',
};
const groupLabels: Readonly<Record<StageControl['group'], string>> = {
  remove: 'Remove the unlikely',
  reshape: 'Reshape',
  repetition: 'Against repetition',
  steer: 'Ban, prefer, force',
};
const lacks: Readonly<Record<string, string>> = {
  guidance: 'needs a second prompt',
  siblings: 'needs beams',
  function: 'needs a function of your own',
};

const chosenValue = (event: Event): string => (event.target as HTMLSelectElement).value;

/** How to choose, and in whose order. */
export function pickers(settings: SamplingSettings, change: Change): TemplateResult {
  const strategy = strategyOf(settings);
  const order = orderOfStages(settings);
  const names = Object.keys(orderLabels) as OrderName[];
  return html`<div class="pickers" part="controls">
    <label>strategy <select @change=${(event: Event) => {
      const chosen = strategies.find(({ name }) => name === chosenValue(event));
      if (chosen) change(chosen.apply(settings));
    }}>
      ${strategies.map(
        ({ name, label, help }) =>
          html`<option value=${name} title=${help} .selected=${strategy?.name === name}>${label}</option>`,
      )}
      <option value="" disabled .selected=${strategy === undefined}>your own</option>
    </select></label>
    <label>order <select @change=${(event: Event) =>
      change({ ...settings, stages: inOrder(settings.stages, chosenValue(event) as OrderName) })}>
      ${names.map((name) => html`<option value=${name} .selected=${order === name}>${orderLabels[name]}</option>`)}
      <option value="" disabled .selected=${order === undefined}>your own</option>
    </select></label>
  </div>`;
}

/** Every processor there is, by what it is for; those that a single row cannot feed say what they lack. */
export function addPicker(add: (type: string) => void): TemplateResult {
  const groups = Object.keys(groupLabels) as StageControl['group'][];
  return html`<select class="add" aria-label="Add a processor" @change=${(event: Event) => {
    add(chosenValue(event));
    (event.target as HTMLSelectElement).value = '';
  }}>
    <option value="" selected>+ add a processor</option>
    ${groups.map(
      (group) =>
        html`<optgroup label=${groupLabels[group]}>${stageControls
          .filter((control) => control.group === group)
          .map(({ type, label, help, requires }) => {
            const lack = lacks[requires ?? ''];
            return html`<option value=${type} title=${help} ?disabled=${lack !== undefined}>${label}${lack ? ` (${lack})` : ''}</option>`;
          })}</optgroup>`,
    )}
  </select>`;
}
