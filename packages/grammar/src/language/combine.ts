import { type CharacterSet, intersect, subtract } from '../characters/character-set';
import { tooLarge } from '../errors/too-large';
import type { CharacterAutomaton } from '../expression/expression';
import { minimize } from './minimize';

const maximumStates = 20_000;
/** Where an automaton is when it can read no further. */
const nowhere = -1;

function combine(a: CharacterAutomaton, b: CharacterAutomaton, keepBehindB: boolean): CharacterAutomaton {
  const names = new Map<string, number>();
  const pairs: (readonly [number, number])[] = [];
  const nameOf = (x: number, y: number): number => {
    const key = `${x},${y}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    if (pairs.length >= maximumStates)
      throw tooLarge('states of combined regular expressions', maximumStates);
    names.set(key, pairs.length);
    pairs.push([x, y]);
    return pairs.length - 1;
  };
  nameOf(0, 0);
  const states: { accepting: boolean; edges: (readonly [CharacterSet, number])[] }[] = [];
  for (let index = 0; index < pairs.length; index++) {
    const [x, y] = pairs[index]!;
    const other = y === nowhere ? undefined : b.states[y]!;
    const edges: (readonly [CharacterSet, number])[] = [];
    for (const [characters, target] of a.states[x]!.edges) {
      let left = characters;
      for (const [otherCharacters, otherTarget] of other?.edges ?? []) {
        const both = intersect(characters, otherCharacters);
        if (both.length === 0) continue;
        edges.push([both, nameOf(target, otherTarget)]);
        left = subtract(left, otherCharacters);
      }
      if (keepBehindB && left.length > 0) edges.push([left, nameOf(target, nowhere)]);
    }
    const inB = other?.accepting ?? false;
    states.push({ accepting: a.states[x]!.accepting && inB !== keepBehindB, edges });
  }
  return minimize({ states });
}

/** The texts of both. @throws NextTokenError `grammar-too-large` */
export const intersection = (a: CharacterAutomaton, b: CharacterAutomaton): CharacterAutomaton =>
  combine(a, b, false);

/** The texts of `a` that are not of `b`. @throws NextTokenError `grammar-too-large` */
export const difference = (a: CharacterAutomaton, b: CharacterAutomaton): CharacterAutomaton =>
  combine(a, b, true);

/** Whether the automaton accepts a text. */
export function accepts({ states }: CharacterAutomaton, text: string): boolean {
  let state = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const edge = states[state]!.edges.find(([characters]) => {
      for (let index = 0; index < characters.length; index += 2) {
        if (characters[index]! <= code && code <= characters[index + 1]!) return true;
      }
      return false;
    });
    if (!edge) return false;
    state = edge[1];
  }
  return states[state]!.accepting;
}
