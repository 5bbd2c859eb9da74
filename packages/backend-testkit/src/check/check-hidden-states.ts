import type { HiddenStates } from '@nexttoken/model';
import { check, fail } from './check';

/**
 * Checks one `HiddenStates` against its contract: a Float32Array of `[layers, positions, width]`, finite.
 * @returns its data
 */
export function checkHiddenStates(
  states: HiddenStates | null | undefined,
  positions: number,
  what: string,
): HiddenStates {
  if (states === null || states === undefined) fail(`${what}: expected hidden states, got ${states}`);
  const { data, layers, width } = states;
  check(
    Object.prototype.toString.call(data) === '[object Float32Array]',
    () => `${what}: hiddenStates.data must be a Float32Array`,
  );
  check(layers >= 2, `${what}: at least embeddings and one block are expected, layers is ${layers}`);
  check(
    states.positions === positions,
    `${what}: expected ${positions} position(s), got ${states.positions}`,
  );
  check(
    data.length === layers * positions * width,
    `${what}: hiddenStates.data must hold ${layers} x ${positions} x ${width} values, got ${data.length}`,
  );
  check(data.every(Number.isFinite), `${what}: a hidden state is not finite`);
  return states;
}

/** Fails when values differ by more than `tolerance` of their layer's largest value. */
export function compareHiddenStates(
  actual: HiddenStates,
  expected: HiddenStates,
  { tolerance, what }: { readonly tolerance: number; readonly what: string },
): void {
  const size = expected.positions * expected.width;
  check(
    actual.layers === expected.layers,
    `${what}: ${expected.layers} layers expected, got ${actual.layers}`,
  );
  for (let layer = 0; layer < expected.layers; layer++) {
    const values = expected.data.subarray(layer * size, (layer + 1) * size);
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const wrong = values.findIndex(
      (value, i) => !(Math.abs(value - actual.data[layer * size + i]!) <= tolerance * Math.max(1, largest)),
    );
    check(
      wrong < 0,
      () =>
        `${what}: layer ${layer}, position ${Math.floor(wrong / expected.width)}: ` +
        `expected ${values[wrong]}, got ${actual.data[layer * size + wrong]}`,
    );
  }
}
