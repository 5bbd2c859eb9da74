import type { LitElement, ReactiveController } from 'lit';

/** Moves a stage under the pointer, from its grip until the pointer is let go. */
export class StageDrag implements ReactiveController {
  /** Where the dragged stage is now. */
  place: number | undefined;

  /**
   * @param onMove called for each place that it passes
   * @param onDrop called at the end
   */
  constructor(
    readonly host: LitElement,
    readonly onMove: (from: number, to: number) => void,
    readonly onDrop: () => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#unlisten();
    this.place = undefined;
  }

  start(event: PointerEvent, place: number): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.place = place;
    window.addEventListener('pointermove', this.#move);
    window.addEventListener('pointerup', this.#drop);
    window.addEventListener('pointercancel', this.#drop);
    this.host.requestUpdate();
  }

  #unlisten(): void {
    window.removeEventListener('pointermove', this.#move);
    window.removeEventListener('pointerup', this.#drop);
    window.removeEventListener('pointercancel', this.#drop);
  }

  readonly #move = ({ clientY }: PointerEvent): void => {
    const from = this.place;
    if (from === undefined) return;
    const lines = [...this.host.renderRoot.querySelectorAll('.stage')];
    const isPassed = (line: Element) => {
      const { top, height } = line.getBoundingClientRect();
      return clientY > top + height / 2;
    };
    const to = lines.filter((line, place) => place !== from && isPassed(line)).length;
    if (to === from) return;
    this.place = to;
    this.onMove(from, to);
  };

  readonly #drop = (): void => {
    this.#unlisten();
    if (this.place === undefined) return;
    this.place = undefined;
    this.onDrop();
    this.host.requestUpdate();
  };
}
