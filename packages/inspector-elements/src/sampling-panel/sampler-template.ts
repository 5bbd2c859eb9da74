import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { initialParameters } from '../sampling-settings/new-stage';
import type { DrawReading } from '../sampling-settings/read-sampling';
import { samplerControls } from '../sampling-settings/sampler-controls';
import type { BeamSettings, SamplingSettings } from '../sampling-settings/sampling-settings';
import { beamControls, withBeam } from './beam-controls';
import { controlTemplate } from './control-template';
import { drawBar, drawTable } from './draw-bar';

type Change = (settings: SamplingSettings, committed?: boolean) => void;

function readSeed(event: Event, settings: SamplingSettings, change: Change): void {
  const input = event.target as HTMLInputElement;
  const seed = input.valueAsNumber;
  const isLegal = Number.isSafeInteger(seed) && seed >= 0;
  input.setAttribute('aria-invalid', String(!isLegal));
  if (isLegal) change({ ...settings, seed });
}

function choose(event: Event, settings: SamplingSettings, change: Change): void {
  const type = (event.target as HTMLSelectElement).value;
  const controls = samplerControls.find((each) => each.type === type)?.controls ?? [];
  change({ ...settings, sampler: { type, parameters: initialParameters(controls) } });
}

/** How one token is taken: the sampler, the seed, and where u points. */
export function samplerTemplate(
  settings: SamplingSettings,
  chosen: DrawReading | undefined,
  error: string | undefined,
  change: Change,
): TemplateResult {
  const { sampler, seed } = settings;
  const control = samplerControls.find(({ type }) => type === sampler.type);
  const luck = chosen?.draw === undefined ? '' : `u = ${chosen.draw.toFixed(3)} `;
  const onValue = (name: string) => (value: unknown, committed: boolean) =>
    change(
      { ...settings, sampler: { ...sampler, parameters: { ...sampler.parameters, [name]: value } } },
      committed,
    );
  return html`
    <div class="draw-head">
      <label>then <select @change=${(event: Event) => choose(event, settings, change)}>${samplerControls.map(
        ({ type, label, help }) =>
          html`<option value=${type} title=${help} .selected=${type === sampler.type}>${label}</option>`,
      )}</select></label>
      <label>seed <input type="number" min="0" max="9007199254740991" step="1" inputmode="numeric"
        .value=${live(String(seed))} @input=${(event: Event) => readSeed(event, settings, change)} /></label>
      <button type="button" title="The next seed: another u"
        @click=${() => change({ ...settings, seed: (seed + 1) % 2 ** 53 })}>other luck</button>
      <output class="luck">${chosen ? `${luck}→ ${chosen.token}` : ''}</output>
    </div>
    ${(control?.controls ?? []).map((each) =>
      controlTemplate(each, {
        id: `sampler-${each.name}`,
        value: sampler.parameters[each.name],
        tokenizer: undefined,
        isOff: false,
        onValue: onValue(each.name),
        onError: () => undefined,
      }),
    )}
    ${error ? html`<p class="error" role="alert">${error}</p>` : nothing}
    ${
      chosen
        ? html`${drawBar(chosen, sampler.type === 'categorical')}
          <p class="note">${control?.help}${chosen.draw === undefined ? '' : ' It stays while sliders move.'}</p>${drawTable(chosen)}`
        : nothing
    }
  `;
}

/** How several texts are followed at once. */
export function beamTemplate(settings: SamplingSettings, beam: BeamSettings, change: Change): TemplateResult {
  return html`${beamControls.map((control) =>
    controlTemplate(control, {
      id: `beam-${control.name}`,
      value: beam[control.name],
      tokenizer: undefined,
      isOff: control.name === 'diversityPenalty' && beam.groups === 1,
      onValue: (value, committed) =>
        change({ ...settings, beam: withBeam(beam, control.name, value as number) }, committed),
      onError: () => undefined,
    }),
  )}<p class="note">Beams follow several texts at once and keep the likeliest as a whole.</p>`;
}
