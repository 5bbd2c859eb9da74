const words: readonly string[] = ['true', 'false', 'null'];

/** Reads as far as the text goes, and notes where it could be closed. */
class PartialReader {
  readonly #open: ('{' | '[')[] = [];
  #expects: 'key' | 'value' = 'value';
  /** The text up to here with these closers is JSON. */
  #cut: { readonly end: number; readonly closers: string } | undefined;

  constructor(readonly text: string) {}

  read(): string | undefined {
    for (let at = 0; at < this.text.length; ) at = this.#token(at);
    return this.#cut && this.text.slice(0, this.#cut.end) + this.#cut.closers;
  }

  #keep(end: number, before = ''): void {
    const closers = this.#open.toReversed().map((bracket) => (bracket === '{' ? '}' : ']'));
    this.#cut = { end, closers: before + closers.join('') };
  }

  /** Reads one token; returns where the next one begins. */
  #token(at: number): number {
    const character = this.text[at]!;
    if (character === '"') return this.#string(at);
    if (character === '{' || character === '[') {
      this.#open.push(character);
      this.#expects = character === '{' ? 'key' : 'value';
      this.#keep(at + 1);
    } else if (character === '}' || character === ']') {
      this.#open.pop();
      this.#keep(at + 1);
    } else if (character === ':') this.#expects = 'value';
    else if (character === ',') this.#expects = this.#open.at(-1) === '{' ? 'key' : 'value';
    else if (!/\s/.test(character)) return this.#word(at);
    return at + 1;
  }

  #string(start: number): number {
    let at = start + 1;
    while (at < this.text.length && this.text[at] !== '"') {
      const width = this.text[at] !== '\\' ? 1 : this.text[at + 1] === 'u' ? 6 : 2;
      // An escape that has only begun is no character yet.
      if (at + width > this.text.length) break;
      at += width;
    }
    const isWhole = this.text[at] === '"';
    if (this.#expects === 'value') this.#keep(isWhole ? at + 1 : at, isWhole ? '' : '"');
    return isWhole ? at + 1 : this.text.length;
  }

  #word(start: number): number {
    let at = start;
    while (at < this.text.length && !/[\s,\]}]/.test(this.text[at]!)) at++;
    // A number at the end may go on.
    if (at < this.text.length || words.includes(this.text.slice(start, at))) this.#keep(at);
    return at;
  }
}

/**
 * The value that the beginning of a JSON text stands for: what is open is closed, what has only begun (a key without its
 * value, half a word, a number that may go on) is left out.
 *
 * @param text the beginning of a text that is JSON
 * @returns `undefined` where no value has begun yet
 * Cost: one pass over the text.
 */
export function partialJson(text: string): unknown {
  const closed = new PartialReader(text).read();
  return closed === undefined ? undefined : JSON.parse(closed);
}
