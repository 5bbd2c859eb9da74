import { invalidParameter, NextTokenError, nearestName } from '@nexttoken/model';

/** A pattern as a regular expression: `*` stands for any text, everything else for itself. */
function toExpression(pattern: string): RegExp {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`);
}

/**
 * Which values of a graph come out as further outputs, by names and globs (`blocks.*.hook_resid_post`).
 * Values are offered while the graph is built; {@link check} then tells which wishes were not met.
 */
export class TapSelection {
  readonly #patterns: readonly { readonly pattern: string; readonly expression: RegExp; met: boolean }[];
  readonly #offered: string[] = [];
  readonly #taken: string[] = [];

  /** @param patterns names, in which `*` stands for any text; none: nothing is tapped */
  constructor(patterns: readonly string[] = []) {
    if (!Array.isArray(patterns) || patterns.some((pattern) => typeof pattern !== 'string' || pattern === ''))
      throw invalidParameter('exportDecoder', 'taps', patterns, 'an array of names');
    this.#patterns = patterns.map((pattern) => ({ pattern, expression: toExpression(pattern), met: false }));
  }

  /** Notes that there is a value of this name. @returns whether it was asked for */
  offer(name: string): boolean {
    this.#offered.push(name);
    let wanted = false;
    for (const entry of this.#patterns) {
      if (!entry.expression.test(name)) continue;
      entry.met = true;
      wanted = true;
    }
    if (wanted) this.#taken.push(name);
    return wanted;
  }

  /** What was asked for and is there, in the order of the computation. */
  get taken(): readonly string[] {
    return this.#taken;
  }

  /** @throws NextTokenError `unknown-tap` for the first name or glob that no value met, with those that are near */
  check(): void {
    const missing = this.#patterns.find(({ met }) => !met)?.pattern;
    if (missing === undefined) return;
    const near = nearNames(missing, this.#offered);
    throw new NextTokenError(
      'unknown-tap',
      `tap ${JSON.stringify(missing)}: the graph has no such value; near are ${near.join(', ')}`,
      { tap: missing, near, known: [...new Set(this.#offered.map(withoutLayer))] },
    );
  }
}

const withoutLayer = (name: string): string => name.replace(/^blocks\.\d+\./, 'blocks.*.');

/** Up to five names, nearest first; one of each kind, whatever its layer. */
function nearNames(wanted: string, offered: readonly string[]): string[] {
  const left = new Map(offered.map((name) => [withoutLayer(name), name]));
  const near: string[] = [];
  const name = withoutLayer(wanted);
  while (near.length < 5 && left.size > 0) {
    const next = nearestName(name, [...left.keys()])!;
    near.push(wanted.includes('*') ? next : left.get(next)!);
    left.delete(next);
  }
  return near;
}
