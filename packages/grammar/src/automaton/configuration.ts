import type { TokenMask } from '../vocabulary/vocabulary';
import type { Pushdown } from './pushdown';

/** States to go back to, the innermost first; equal stacks are the same object. */
interface Stack {
  readonly id: number;
  readonly state: number;
  readonly parent: Stack | undefined;
  readonly children: Map<number, Stack>;
}

/** Everywhere that the text so far may have led to: one value, shared by all texts that led there. */
export interface Configuration {
  /** States that read a byte next, each with its stack. */
  readonly places: readonly (readonly [state: number, stack: Stack])[];
  /** Whether the text may end here. */
  readonly accepting: boolean;
  /** Where each class of bytes leads: `null` nowhere, `undefined` not asked yet. */
  readonly next: (Configuration | null | undefined)[];
  /** The tokens that fit, once somebody asked. */
  mask?: TokenMask;
  /** Where every plain byte leads, once somebody asked; see `maskTokens`. */
  behindPlain?: { readonly target: Configuration | null | undefined };
}

/** How many configurations are kept, with their masks: some 50 MB at 49,152 tokens. */
const most = 8000;

/** Finds configurations as they are asked for, and keeps them: the automaton's determinization, as far as it is used. */
export class Configurations {
  readonly #pushdown: Pushdown;
  readonly #known = new Map<string, Configuration>();
  readonly #bottom: Stack = { id: 0, state: -1, parent: undefined, children: new Map() };
  /** The class of each byte: bytes of a class are told apart by no edge. */
  readonly classOf = new Uint8Array(256);
  /** A byte of each class, and how many bytes it has. */
  readonly classes: { readonly byte: number; size: number }[] = [];
  readonly start: Configuration;
  #stacks = 1;

  constructor(pushdown: Pushdown) {
    this.#pushdown = pushdown;
    const begins = new Uint8Array(257);
    for (const edges of pushdown.edges) {
      for (let index = 0; index < edges.length; index += 3) {
        begins[edges[index]!] = 1;
        begins[edges[index + 1]! + 1] = 1;
      }
    }
    for (let byte = 0; byte < 256; byte++) {
      if (byte === 0 || begins[byte]) this.classes.push({ byte, size: 0 });
      this.classes.at(-1)!.size++;
      this.classOf[byte] = this.classes.length - 1;
    }
    this.start = this.#close([[pushdown.start, this.#bottom]])!;
  }

  /** How many are kept. */
  get size(): number {
    return this.#known.size;
  }

  /** Where a class of bytes leads. */
  follow(configuration: Configuration, byteClass: number): Configuration | null {
    const known = configuration.next[byteClass];
    if (known !== undefined) return known;
    const { byte } = this.classes[byteClass]!;
    const reached: [number, Stack][] = [];
    for (const [state, stack] of configuration.places) {
      const edges = this.#pushdown.edges[state]!;
      for (let index = 0; index < edges.length; index += 3) {
        if (edges[index]! <= byte && byte <= edges[index + 1]!) reached.push([edges[index + 2]!, stack]);
      }
    }
    const target = reached.length === 0 ? null : this.#close(reached);
    configuration.next[byteClass] = target;
    return target;
  }

  #push(stack: Stack, state: number): Stack {
    let child = stack.children.get(state);
    if (!child) {
      child = { id: this.#stacks++, state, parent: stack, children: new Map() };
      stack.children.set(state, child);
    }
    return child;
  }

  /** Follows what costs no byte. */
  #close(reached: readonly (readonly [number, Stack])[]): Configuration {
    const { edges, silent, calls, ends } = this.#pushdown;
    const seen = new Set<number>();
    const places: (readonly [number, Stack])[] = [];
    const keys: number[] = [];
    let accepting = false;
    const open = [...reached];
    for (let place = open.pop(); place; place = open.pop()) {
      const [state, stack] = place;
      const key = stack.id * 2 ** 20 + state;
      if (seen.has(key)) continue;
      seen.add(key);
      if (edges[state]!.length > 0) {
        places.push(place);
        keys.push(key);
      }
      if (ends[state]) {
        if (stack.parent) open.push([stack.state, stack.parent]);
        else accepting = true;
      }
      for (const target of silent[state]!) open.push([target, stack]);
      const called = calls[state]!;
      for (let index = 0; index < called.length; index += 2) {
        const behind = called[index + 1]!;
        open.push([called[index]!, behind < 0 ? stack : this.#push(stack, behind)]);
      }
    }
    const name = `${keys.sort((a, b) => a - b).join()}${accepting ? '!' : ''}`;
    const known = this.#known.get(name);
    if (known) return known;
    if (this.#known.size >= most) this.#forget();
    const next = new Array<Configuration | null | undefined>(this.classes.length).fill(undefined);
    const configuration: Configuration = { places, accepting, next };
    this.#known.set(name, configuration);
    return configuration;
  }

  /** Lets go of what is known; configurations in use stay valid, what they lead to is found again. */
  #forget(): void {
    for (const configuration of this.#known.values()) {
      configuration.next.fill(undefined);
      delete configuration.mask;
      delete configuration.behindPlain;
    }
    this.#known.clear();
    this.#bottom.children.clear();
  }

  /** The rules that are being read, each from the outermost to the innermost; equal ones once. */
  rulesOf({ places }: Configuration): readonly (readonly string[])[] {
    const { ruleOf } = this.#pushdown;
    const paths = new Map<string, readonly string[]>();
    for (const [state, stack] of places) {
      const path = [ruleOf[state]!];
      for (let at: Stack | undefined = stack; at?.parent; at = at.parent) {
        if (path[0] !== ruleOf[at.state]!) path.unshift(ruleOf[at.state]!);
      }
      paths.set(path.join('\0'), path);
    }
    return [...paths.values()];
  }
}
