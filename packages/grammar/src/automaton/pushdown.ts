import { type CharacterSet, characterSet, intersect, rangesOf } from '../characters/character-set';
import { utf8Ranges } from '../characters/utf8-ranges';
import { tooLarge } from '../errors/too-large';
import { type Expression, empty, type Grammar, reference } from '../expression/expression';
import { quotedSet } from '../expression/json-quoted';

/** A grammar as an automaton over bytes with calls: what a configuration walks through. */
export interface Pushdown {
  readonly start: number;
  /** For each state its edges `[low, high, target, …]`. */
  readonly edges: readonly (readonly number[])[];
  /** For each state where every character beyond ASCII leads, beside its edges; */
  readonly beyond: readonly (readonly number[])[];
  /** and whether it has further edges for some of them. */
  readonly tornBeyond: readonly boolean[];
  /** For each state the states that cost no byte. */
  readonly silent: readonly (readonly number[])[];
  /** For each state its calls `[first state of the rule, state behind it, …]`; -1 behind it: the caller's own end. */
  readonly calls: readonly (readonly number[])[];
  /** Whether a rule ends in the state. */
  readonly ends: readonly boolean[];
  /** The rule that each state belongs to. */
  readonly ruleOf: readonly string[];
}

const everythingBeyond = characterSet([0x80, 0x10ffff]);
const maximumStates = 400_000;
/** Beyond this many copies a repetition counts in blocks. */
const flatCopies = 64;

/** Writes the states of one grammar. */
class PushdownWriter {
  readonly edges: number[][] = [];
  readonly beyond: number[][] = [];
  readonly tornBeyond: boolean[] = [];
  readonly silent: number[][] = [];
  readonly calls: number[][] = [];
  readonly ends: boolean[] = [];
  readonly ruleOf: string[] = [];
  readonly #rules = new Map<string, { readonly start: number; readonly end: number }>();
  /** Rules of the writer's own: parts of repetitions. */
  readonly #parts = new Map<Expression, number>();
  #rule = '';

  constructor(readonly grammar: Grammar) {}

  write(): Pushdown {
    for (const name of this.grammar.rules.keys()) this.#declare(name);
    for (const [name, expression] of this.grammar.rules) this.#define(name, expression);
    this.#shortenTailCalls();
    const { edges, beyond, tornBeyond, silent, calls, ends, ruleOf } = this;
    const { start } = this.#rules.get(this.grammar.root)!;
    return { start, edges, beyond, tornBeyond, silent, calls, ends, ruleOf };
  }

  #state(): number {
    if (this.edges.length >= maximumStates) throw tooLarge('states', maximumStates);
    this.edges.push([]);
    this.beyond.push([]);
    this.tornBeyond.push(false);
    this.silent.push([]);
    this.calls.push([]);
    this.ends.push(false);
    this.ruleOf.push(this.#rule);
    return this.edges.length - 1;
  }

  #declare(name: string): void {
    this.#rule = name.replace(/\0.*/, '');
    const [start, end] = [this.#state(), this.#state()];
    this.ends[end] = true;
    this.#rules.set(name, { start, end });
  }

  #define(name: string, expression: Expression): void {
    const { start, end } = this.#rules.get(name)!;
    this.#rule = name.replace(/\0.*/, '');
    this.#compile(expression, start, end);
  }

  /** A rule of the writer's own for a part that stands many times; it counts to the rule that it stands in. */
  #part(expression: Expression): Expression {
    if (expression.type === 'reference') return expression;
    const rule = this.#rule;
    const index = this.#parts.get(expression) ?? this.#parts.size;
    const name = `${rule}\0part${index}`;
    if (!this.#parts.has(expression) || !this.#rules.has(name)) {
      this.#parts.set(expression, index);
      this.#declare(name);
      this.#define(name, expression);
      this.#rule = rule;
    }
    return reference(name);
  }

  /** Adds what leads from `from` to `to` by the texts of the expression; `from` gets no edge that leads back to it. */
  #compile(expression: Expression, from: number, to: number): void {
    switch (expression.type) {
      case 'literal':
        this.#literals([new TextEncoder().encode(expression.text)], from, to);
        return;
      case 'set':
        this.#set(expression.characters, from, to);
        return;
      case 'sequence':
        this.#sequence(expression.parts, from, to);
        return;
      case 'choice':
        this.#choice(expression.parts, from, to);
        return;
      case 'repeat':
        this.#repeat(expression.part, expression.minimum, expression.maximum, from, to);
        return;
      case 'reference':
        this.calls[from]!.push(this.#rules.get(expression.rule)!.start, to);
        return;
      case 'automaton': {
        const { automaton, quoted = false } = expression;
        const states = automaton.states.map(() => this.#state());
        this.silent[from]!.push(states[0]!);
        for (const [index, { accepting, edges }] of automaton.states.entries()) {
          if (accepting) this.silent[states[index]!]!.push(to);
          for (const [characters, target] of edges) {
            const read: Expression = quoted ? quotedSet(characters) : { type: 'set', characters };
            this.#compile(read, states[index]!, states[target]!);
          }
        }
        return;
      }
    }
  }

  #choice(parts: readonly Expression[], from: number, to: number): void {
    const texts: Uint8Array[] = [];
    for (const part of parts) {
      if (part.type === 'literal') texts.push(new TextEncoder().encode(part.text));
      else this.#compile(part, from, to);
    }
    this.#literals(texts, from, to);
  }

  /** Texts as a tree: what several begin with is written once. */
  #literals(literals: readonly Uint8Array[], from: number, to: number): void {
    const open = [{ texts: literals, offset: 0, state: from }];
    for (let part = open.pop(); part; part = open.pop()) {
      const { texts, offset, state } = part;
      const branches = new Map<number, Uint8Array[]>();
      for (const text of texts) {
        const byte = text[offset];
        const branch = byte === undefined ? undefined : branches.get(byte);
        if (branch) branch.push(text);
        else if (byte !== undefined) branches.set(byte, [text]);
        else if (!this.silent[state]!.includes(to)) this.silent[state]!.push(to);
      }
      for (const [byte, branch] of branches) {
        const isEnd = branch.every(({ length }) => length === offset + 1);
        const target = isEnd ? to : this.#state();
        if (byte >= 0x80) this.tornBeyond[state] = true;
        this.edges[state]!.push(byte, byte, target);
        if (!isEnd) open.push({ texts: branch, offset: offset + 1, state: target });
      }
    }
  }

  #set(characters: CharacterSet, from: number, to: number): void {
    for (const [low, high] of rangesOf(characters)) {
      for (const ranges of utf8Ranges(low, high)) this.#bytes(ranges, from, to);
    }
    if (characters.length === 0 || characters.at(-1)! < 0x80) return;
    if (intersect(characters, everythingBeyond).join() === everythingBeyond.join())
      this.beyond[from]!.push(to);
    else this.tornBeyond[from] = true;
  }

  #bytes(ranges: readonly (readonly [number, number])[], from: number, to: number): void {
    if (ranges.length === 0) this.silent[from]!.push(to);
    let state = from;
    for (const [index, [low, high]] of ranges.entries()) {
      const target = index === ranges.length - 1 ? to : this.#state();
      this.edges[state]!.push(low, high, target);
      state = target;
    }
  }

  #sequence(parts: readonly Expression[], from: number, to: number): void {
    if (parts.length === 0) this.silent[from]!.push(to);
    let state = from;
    for (const [index, part] of parts.entries()) {
      const target = index === parts.length - 1 ? to : this.#state();
      this.#compile(part, state, target);
      state = target;
    }
  }

  #repeat(part: Expression, minimum: number, maximum: number, from: number, to: number): void {
    if (maximum === Number.POSITIVE_INFINITY) {
      const loop = this.#copies(part, minimum, from);
      const again = this.#state();
      this.silent[loop]!.push(again);
      this.#compile(part, again, again);
      this.silent[again]!.push(to);
      return;
    }
    const behind = this.#copies(part, minimum, from);
    this.#upTo(part, maximum - minimum, behind, to);
  }

  /** `count` copies; returns the state behind them. */
  #copies(part: Expression, count: number, from: number): number {
    if (count === 0) return from;
    const block = Math.ceil(Math.sqrt(count));
    if (count > flatCopies) {
      const unit = this.#part(part);
      const blocks = this.#part({ type: 'repeat', part: unit, minimum: block, maximum: block });
      const rest = this.#copiesOf(blocks, Math.floor(count / block), from);
      return this.#copiesOf(unit, count % block, rest);
    }
    return this.#copiesOf(count > 1 && part.type !== 'literal' ? this.#part(part) : part, count, from);
  }

  #copiesOf(part: Expression, count: number, from: number): number {
    let state = from;
    for (let copy = 0; copy < count; copy++) {
      const target = this.#state();
      this.#compile(part, state, target);
      state = target;
    }
    return state;
  }

  /** Between none and `count` copies. */
  #upTo(part: Expression, count: number, from: number, to: number): void {
    if (count <= 1) {
      this.#compile(empty, from, to);
      if (count === 1) this.#compile(part, from, to);
      return;
    }
    const unit = this.#part(part);
    if (count <= flatCopies) {
      this.#chain(unit, count, from, to);
      return;
    }
    // Some blocks, then fewer units than a block has; behind the last block what is left.
    const block = Math.ceil(Math.sqrt(count));
    const blocks = this.#part({ type: 'repeat', part: unit, minimum: block, maximum: block });
    const tail = this.#state();
    this.#chain(unit, block - 1, tail, to);
    let state = from;
    for (let copy = 0; copy < Math.floor(count / block); copy++) {
      const target = this.#state();
      this.silent[state]!.push(tail);
      this.#compile(blocks, state, target);
      state = target;
    }
    this.#chain(unit, count % block, state, to);
  }

  #chain(part: Expression, count: number, from: number, to: number): void {
    let state = from;
    this.silent[state]!.push(to);
    for (let copy = 0; copy < count; copy++) {
      const target = this.#state();
      this.#compile(part, state, target);
      this.silent[target]!.push(to);
      state = target;
    }
  }

  /** A call behind which the caller ends needs no way back: stacks stay short in right recursion. */
  #shortenTailCalls(): void {
    const onlyEnds = (state: number, depth = 0): boolean =>
      this.ends[state] ||
      (depth < 32 &&
        this.edges[state]!.length === 0 &&
        this.calls[state]!.length === 0 &&
        this.silent[state]!.length === 1 &&
        onlyEnds(this.silent[state]![0]!, depth + 1));
    for (const calls of this.calls) {
      for (let index = 1; index < calls.length; index += 2) if (onlyEnds(calls[index]!)) calls[index] = -1;
    }
  }
}

/**
 * Compiles a grammar without unproductive parts and without left recursion.
 * @throws NextTokenError `grammar-too-large`
 */
export const compilePushdown = (grammar: Grammar): Pushdown => new PushdownWriter(grammar).write();
