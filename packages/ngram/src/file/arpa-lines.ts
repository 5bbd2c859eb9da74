import type { NextTokenError } from '@nexttoken/model';
import { invalidFile } from './container-header';

export interface ArpaEntry {
  readonly words: readonly string[];
  readonly log10: number;
  /** 0 where none is given. */
  readonly weight: number;
}

/** The lines of an ARPA file, one after the other; empty ones between sections are passed over. */
export class ArpaLines {
  /** Of the last line that was read, from 1. */
  number = 0;
  #at = 0;

  constructor(
    readonly text: string,
    readonly path: string,
  ) {}

  error(message: string, line = this.number): NextTokenError {
    return invalidFile(this.path, `line ${line}: ${message}`, { line });
  }

  /** The numbers of n-grams that the head announces, the shortest first. */
  counts(): number[] {
    // Whatever stands before the head is a comment.
    let line = this.#next();
    while (line !== undefined && line !== '\\data\\') line = this.#next();
    if (line === undefined) throw this.error('no section \\data\\');
    const counts: number[] = [];
    for (line = this.#next(); line !== undefined && line !== ''; line = this.#next()) {
      const match = /^ngram\s+(\d+)\s*=\s*(\d+)$/.exec(line);
      if (!match || Number(match[1]) !== counts.length + 1) {
        throw this.error(`expected ngram ${counts.length + 1}=COUNT, got ${JSON.stringify(line)}`);
      }
      counts.push(Number(match[2]));
    }
    if (counts.length === 0) throw this.error('the section \\data\\ announces nothing');
    return counts;
  }

  /** Goes past a section's title. */
  section(title: string): void {
    let line = this.#next();
    while (line === '') line = this.#next();
    if (line === title) return;
    const found = line === undefined ? 'the end of the file' : JSON.stringify(line.slice(0, 60));
    throw this.error(`expected ${title}, got ${found}`);
  }

  /** One n-gram. @param weighted whether a weight may follow the words */
  entry(width: number, weighted: boolean): ArpaEntry {
    const line = this.#next();
    if (line === undefined || line === '' || line.startsWith('\\')) {
      throw this.error(`the section of ${width}-grams has fewer entries than announced`);
    }
    const fields = line.split(/[ \t]+/);
    const more = fields.length - 1 - width;
    const [log10, weight] = [Number(fields[0]), more > 0 ? Number(fields[width + 1]) : 0];
    if (
      more < 0 ||
      more > (weighted ? 1 : 0) ||
      Number.isNaN(log10) ||
      Number.isNaN(weight) ||
      log10 > 1e-6
    ) {
      throw this.error(`no entry of a ${width}-gram: ${JSON.stringify(line.slice(0, 60))}`);
    }
    return { words: fields.slice(1, width + 1), log10, weight };
  }

  #next(): string | undefined {
    if (this.#at >= this.text.length) return undefined;
    const end = this.text.indexOf('\n', this.#at);
    const line = this.text.slice(this.#at, end < 0 ? this.text.length : end);
    this.#at = end < 0 ? this.text.length : end + 1;
    this.number++;
    return line.replace(/[\r\t ]+$/, '');
  }
}
