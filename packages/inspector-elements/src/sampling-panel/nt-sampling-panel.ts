import type { Tokenizer } from '@nexttoken/model';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../element/define';
import { nextIndex, vertical } from '../element/next-index';
import { NtElement } from '../element/nt-element';
import { activeStages, chainOf, processorOf, samplerOf } from '../sampling-settings/chain-of';
import { readSampling, type SamplingReading, type SamplingRow } from '../sampling-settings/read-sampling';
import type { SamplingSettings } from '../sampling-settings/sampling-settings';
import { stageLabel } from '../sampling-settings/stage-controls';
import { initialSettings } from '../sampling-settings/strategies';
import { added, moved, removed, switched, withParameter } from './edit-settings';
import { addPicker, pickers } from './pickers';
import { beamTemplate, samplerTemplate } from './sampler-template';
import { samplingPanelStyles } from './sampling-panel-styles';
import { StageDrag } from './stage-drag';
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
  declare private _said: string;
  /** By the key of the stage. */
  declare private _errors: Readonly<Record<string, string>>;
  #read: SamplingReading | undefined;
  #readError: string | undefined;
  readonly #drag = new StageDrag(
    this,
    (from, to) => this.#move(from, to, false),
    () => this.#change(this.settings),
  );

  constructor() {
    super();
    this.settings = initialSettings;
    this.row = undefined;
    this.reading = undefined;
    this.tokenizer = undefined;
    this.scope = 'this step';
    this.heading = 'How it is chosen';
    this._open = new Set();
    this._said = '';
    this._errors = {};
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
      <div class="draw">${this.#after(settings)}</div>
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
        const read = active.includes(place) ? this.#read?.stages[active.indexOf(place)] : undefined;
        // A reading from elsewhere may still be that of the settings before.
        const traced = read?.type === stage.type ? read : undefined;
        return stageTemplate({
          key,
          place,
          stage,
          traced,
          tokenizer,
          isOff: !active.includes(place),
          isOpen: this._open.has(key),
          isDragged: this.#drag.place === place,
          error: this._errors[key],
          onParameter: (name, value, committed) =>
            this.#tryStage(key, place, withParameter(settings, place, name, value), committed),
          onError: (error) => this.#fail(key, error),
          onSwitch: () => this.#tryStage(key, place, switched(settings, place), true),
          onToggle: () => this.#toggle(key),
          onRemove: () => this.#change(removed(settings, place)),
          onGrip: (event) => this.#drag.start(event, place),
          onGripKey: (event) => this.#gripKey(event, place),
          onPreview: (isOver) => this.emit('nt-stage-preview', { stage: isOver ? traced?.name : undefined }),
        });
      },
    );
  }

  /** What comes behind the processors. */
  #after(settings: SamplingSettings): TemplateResult {
    const change = (changed: SamplingSettings, committed?: boolean) => this.#change(changed, committed);
    return settings.beam
      ? beamTemplate(settings, settings.beam, change)
      : samplerTemplate(settings, this.#read?.chosen, this.#readError, change);
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
}

define('nt-sampling-panel', NtSamplingPanel);

declare global {
  interface HTMLElementTagNameMap {
    'nt-sampling-panel': NtSamplingPanel;
  }
}
