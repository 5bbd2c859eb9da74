/** States that were, and states that were taken back. */
export class History<State> {
  #past: State[] = [];
  #future: State[] = [];

  constructor(public present: State) {}

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  go(next: State): void {
    this.#past.push(this.present);
    this.#future = [];
    this.present = next;
  }

  undo(): boolean {
    return this.#move(this.#past, this.#future);
  }

  redo(): boolean {
    return this.#move(this.#future, this.#past);
  }

  /** Takes back a step that led nowhere. */
  forgetEqual(): void {
    if (this.#past.at(-1) === this.present) this.#past.pop();
  }

  #move(from: State[], to: State[]): boolean {
    const target = from.pop();
    if (target === undefined) return false;
    to.push(this.present);
    this.present = target;
    return true;
  }
}
