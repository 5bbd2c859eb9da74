import { element } from '../dom/element';
import type { StageControl } from '../state/settings';

/** One slider with its name, its value and what its stage does to the row. */
export class StageSlider {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #value = element('output', { class: 'value' });
  readonly #effect = element('span', { class: 'effect' });
  readonly #off = element('button', { type: 'button', class: 'link off' }, 'off');

  constructor(
    readonly control: StageControl,
    onChange: (value: number) => void,
  ) {
    const { name, label, help, values, neutral } = control;
    this.#input = element('input', {
      id: `slider-${name}`,
      type: 'range',
      min: '0',
      max: String(values.length - 1),
      step: '1',
      'aria-describedby': `effect-${name}`,
    });
    this.#effect.id = `effect-${name}`;
    this.#off.setAttribute('aria-label', `Switch ${label} off`);
    this.#input.addEventListener('input', () => onChange(values[this.#input.valueAsNumber]!));
    this.#off.addEventListener('click', () => onChange(neutral));
    this.element = element(
      'div',
      { class: 'stage' },
      element('label', { for: this.#input.id, title: help }, label),
      this.#effect,
      this.#off,
      this.#value,
      this.#input,
    );
  }

  show(value: number, effect: string): void {
    const { values, neutral, name } = this.control;
    const isOff = value === neutral;
    const digits = name === 'topK' ? 0 : 2;
    const text = isOff ? 'off' : value.toFixed(digits);
    this.element.classList.toggle('is-off', isOff);
    const place = values.indexOf(value);
    if (this.#input.valueAsNumber !== place) this.#input.valueAsNumber = place;
    this.#input.style.setProperty('--place', String(place / (values.length - 1)));
    this.#input.setAttribute('aria-valuetext', text);
    this.#value.textContent = text;
    this.#off.hidden = isOff;
    this.#effect.textContent = effect;
  }
}
