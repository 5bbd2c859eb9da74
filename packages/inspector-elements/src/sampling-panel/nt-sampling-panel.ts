import type { Tokenizer } from '@nexttoken/model';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import { nextIndex, vertical } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { activeStages, chainOf, processorOf, samplerOf } from '../sampling-settings/chain-of';
import { initialParameters } from '../sampling-settings/new-stage';
import { readSampling, type SamplingReading, type SamplingRow } from '../sampling-settings/read-sampling';
import { samplerControls } from '../sampling-settings/sampler-controls';
import type { BeamSettings, SamplingSettings } from '../sampling-settings/sampling-settings';
import { stageLabel } from '../sampling-settings/stage-controls';
import { initialSettings } from '../sampling-settings/strategies';
import { beamControls, withBeam } from './beam-controls';
import { controlTemplate } from './control-template';
import { drawBar, drawTable } from './draw-bar';
import { added, moved, removed, switched, withParameter } from './edit-settings';
import { addPicker, pickers } from './pickers';
import { samplingPanelStyles } from './sampling-panel-styles';
import { stageTemplate } from './stage-template';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * How a token is chosen: every processor with its sliders, in an order that can be changed, the sampler and its luck.
 * What each of them does to the row is shown at once, exact over the whole vocabulary.
 */
export class NtSamplingPanel extends NtElement {
  static override styles = [...NtElement.styles, samplingPanelStyles];
  static override properties = {
    settings: { attribute: false },
    row: { attribute: false },
    reading: { attribute: false },
    tokenizer: { attribute: false },
    scope: {},
    heading: {},
    _open: { state: true },
    _dragged: { state: true },
    _said: { state: true },
    _errors: { state: true },
  };
  declare settings: SamplingSettings;
  declare row: SamplingRow | undefined;
  declare reading: SamplingReading | undefined;
  declare tokenizer: Tokenizer | undefined;
  declare scope: string;
  declare heading: string;
  /** Keys of the stages whose details are open. */
  declare private _open: ReadonlySet<string>;
  declare private _dragged: number | undefined;
  declare private _said: string;
  /** By the key of the stage. */
  declare private _errors: Readonly<Record<string, string>>;
  #read: SamplingReading | undefined;
  #readError: string | undefined;

  constructor() {
    super();
    this.settings = initialSettings;
    this.row = undefined;
    this.reading = undefined;
    this.tokenizer = undefined;
    this.scope = 'this step';
    this.heading = 'How it is chosen';
    this._open = new Set();
    this._dragged = undefined;
    this._said = '';
    this._errors = {};
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#drop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const sources = ['settings', 'row', 'reading', 'tokenizer'];
    if (!sources.some((name) => changed.has(name))) return;
    this.#readError = undefined;
    const { row, settings, tokenizer } = this;
    try {
      this.#read = this.reading ?? (row && readSampling(row, settings, { tokenizer }));
    } catch (error) {
      this.#read = undefined;
      this.#readError = messageOf(error);
    }
  }

  override render(): TemplateResult {
    const { settings } = this;
    return html`
      <div class="head" part="head">
        <h2 class="title" part="title">${this.heading}</h2>
        <p class="note" part="note">${this.scope}</p>
        <slot name="actions"></slot>
      </div>
      ${pickers(settings, (changed) => this.#change(changed))}
      <p class="unseen" role="status">${this._said}</p>
      <ol class="stages">${this.#stages()}</ol>
      ${addPicker((type) => this.#add(type))}
      <div class="draw">${settings.beam ? this.#beams(settings.beam) : this.#draw()}</div>
      <slot></slot>
    `;
  }

  /** What tells stages apart while they move: type, and which of its type. */
  #keys(): readonly string[] {
    const seen = new Map<string, number>();
    return this.settings.stages.map(({ type }) => {
      const count = seen.get(type) ?? 0;
      seen.set(type, count + 1);
      return `${type}-${count}`;
    });
  }

  #stages(): unknown {
    const { settings, tokenizer } = this;
    const keys = this.#keys();
    const active = activeStages(settings);
    return repeat(
      settings.stages,
      (_, place) => keys[place],
      (stage, place) => {
        const key = keys[place]!;
        const traced = active.includes(place) ? this.#read?.stages[active.indexOf(place)] : undefined;
        return stageTemplate({
          key,
          place,
          stage,
          traced,
          tokenizer,
          isOff: !active.includes(place),
          isOpen: this._open.has(key),
          isDragged: this._dragged === place,
          error: this._errors[key],
          onParameter: (name, value, committed) =>
            this.#tryStage(key, place, withParameter(settings, place, name, value), committed),
          onError: (error) => this.#fail(key, error),
          onSwitch: () => this.#tryStage(key, place, switched(settings, place), true),
          onToggle: () => this.#toggle(key),
          onRemove: () => this.#change(removed(settings, place)),
          onGrip: (event) => this.#grip(event, place),
          onGripKey: (event) => this.#gripKey(event, place),
          onPreview: (isOver) => this.emit('nt-stage-preview', { stage: isOver ? traced?.name : undefined }),
        });
      },
    );
  }

  #draw(): TemplateResult {
    const { settings } = this;
    const { sampler, seed } = settings;
    const control = samplerControls.find(({ type }) => type === sampler.type);
    const chosen = this.#read?.chosen;
    const outcome = chosen
      ? `${chosen.draw === undefined ? '' : `u = ${chosen.draw.toFixed(3)} `}→ ${chosen.token}`
      : '';
    return html`
      <div class="draw-head">
        <label>then <select @change=${this.#onSampler}>${samplerControls.map(
          ({ type, label, help }) =>
            html`<option value=${type} title=${help} .selected=${type === sampler.type}>${label}</option>`,
        )}</select></label>
        <label>seed <input type="number" min="0" max="9007199254740991" step="1" inputmode="numeric"
          .value=${live(String(seed))} @input=${this.#onSeed} /></label>
        <button type="button" @click=${() => this.#change({ ...settings, seed: (seed + 1) % 2 ** 53 })}
          title="The next seed: another u">other luck</button>
        <output class="luck">${outcome}</output>
      </div>
      ${(control?.controls ?? []).map((each) =>
        controlTemplate(each, {
          id: `sampler-${each.name}`,
          value: sampler.parameters[each.name],
          tokenizer: undefined,
          isOff: false,
          onValue: (value, committed) =>
            this.#change(
              {
                ...settings,
                sampler: { ...sampler, parameters: { ...sampler.parameters, [each.name]: value } },
              },
              committed,
            ),
          onError: () => undefined,
        }),
      )}
      ${this.#readError ? html`<p class="error" role="alert">${this.#readError}</p>` : nothing}
      ${
        chosen
          ? html`${drawBar(chosen, sampler.type === 'categorical')}
        <p class="note">${control?.help} It stays while sliders move.</p>${drawTable(chosen)}`
          : nothing
      }
    `;
  }

  #beams(beam: BeamSettings): TemplateResult {
    return html`${beamControls.map((control) =>
      controlTemplate(control, {
        id: `beam-${control.name}`,
        value: beam[control.name],
        tokenizer: undefined,
        isOff: control.name === 'diversityPenalty' && beam.groups === 1,
        onValue: (value, committed) =>
          this.#change({ ...this.settings, beam: withBeam(beam, control.name, value as number) }, committed),
        onError: () => undefined,
      }),
    )}<p class="note">Beams follow several texts at once and keep the likeliest as a whole.</p>`;
  }

  /** Takes settings over when the stage that changed can be made, else says why not. */
  #tryStage(key: string, place: number, settings: SamplingSettings, committed: boolean): void {
    try {
      if (activeStages(settings).includes(place)) processorOf(settings.stages[place]!);
    } catch (error) {
      this.#fail(key, error);
      return;
    }
    const { [key]: _, ...errors } = this._errors;
    this._errors = errors;
    this.#change(settings, committed);
  }

  #fail(key: string, error: unknown): void {
    this._errors = { ...this._errors, [key]: messageOf(error) };
  }

  #change(settings: SamplingSettings, committed = true): void {
    const detail = { settings, processors: chainOf(settings), sampler: samplerOf(settings), committed };
    if (this.emit('nt-sampling-change', detail)) this.settings = settings;
  }

  #add(type: string): void {
    if (type === '') return;
    this.#change(added(this.settings, type));
    this._open = new Set([...this._open, this.#keys().at(-1)!]);
    this._said = `${stageLabel(type)} was added at the end`;
  }

  #toggle(key: string): void {
    const open = new Set(this._open);
    if (!open.delete(key)) open.add(key);
    this._open = open;
  }

  #onSampler(event: Event): void {
    const type = (event.target as HTMLSelectElement).value;
    const controls = samplerControls.find((each) => each.type === type)?.controls ?? [];
    this.#change({ ...this.settings, sampler: { type, parameters: initialParameters(controls) } });
  }

  #onSeed(event: Event): void {
    const input = event.target as HTMLInputElement;
    const seed = input.valueAsNumber;
    const isLegal = Number.isSafeInteger(seed) && seed >= 0;
    input.setAttribute('aria-invalid', String(!isLegal));
    if (isLegal) this.#change({ ...this.settings, seed });
  }

  #move(from: number, to: number, committed: boolean): void {
    const { settings } = this;
    if (from === to) return;
    const label = stageLabel(settings.stages[from]!.type);
    this._said = `${label} is now ${to + 1} of ${settings.stages.length}`;
    this.#change(moved(settings, from, to), committed);
  }

  async #gripKey(event: KeyboardEvent, place: number): Promise<void> {
    const to = nextIndex(event.key, place, this.settings.stages.length, vertical);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#move(place, to, true);
    await this.focusOn(`.stage[data-place="${to}"] .grip`);
  }

  #grip(event: PointerEvent, place: number): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this._dragged = place;
    window.addEventListener('pointermove', this.#drag);
    window.addEventListener('pointerup', this.#drop);
    window.addEventListener('pointercancel', this.#drop);
  }

  readonly #drag = ({ clientY }: PointerEvent): void => {
    const from = this._dragged;
    if (from === undefined) return;
    const lines = [...this.renderRoot.querySelectorAll('.stage')].map((line) => line.getBoundingClientRect());
    const passed = lines.filter(
      ({ top, height }, place) => place !== from && clientY > top + height / 2,
    ).length;
    if (passed === from) return;
    this._dragged = passed;
    this.#move(from, passed, false);
  };

  readonly #drop = (): void => {
    window.removeEventListener('pointermove', this.#drag);
    window.removeEventListener('pointerup', this.#drop);
    window.removeEventListener('pointercancel', this.#drop);
    if (this._dragged === undefined) return;
    this._dragged = undefined;
    this.#change(this.settings);
  };
}

define('nt-sampling-panel', NtSamplingPanel);

declare global {
  interface HTMLElementTagNameMap {
    'nt-sampling-panel': NtSamplingPanel;
  }
}
