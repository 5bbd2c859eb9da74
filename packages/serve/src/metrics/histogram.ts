/** Counts of values up to some borders, as Prometheus keeps them. */
export class Histogram {
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  constructor(
    readonly name: string,
    readonly help: string,
    /** Upper borders, ascending; the last one, infinity, is added. */
    readonly borders: readonly number[],
  ) {
    this.#counts = borders.map(() => 0);
  }

  observe(value: number): void {
    this.#sum += value;
    this.#count++;
    for (const [index, border] of this.borders.entries()) if (value <= border) this.#counts[index]!++;
  }

  /** In Prometheus' text format. */
  render(): string {
    const { name, help, borders } = this;
    const buckets = borders.map((border, index) => `${name}_bucket{le="${border}"} ${this.#counts[index]}`);
    return [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} histogram`,
      ...buckets,
      `${name}_bucket{le="+Inf"} ${this.#count}`,
      `${name}_sum ${this.#sum}`,
      `${name}_count ${this.#count}`,
    ].join('\n');
  }
}
