import type { JsonPart } from './read-json';

/**
 * What a normalizer puts in front of a text, when it does nothing else to its length: a sequence of `Prepend`
 * and of `Replace` of one character by another. `undefined` for any other normalizer.
 */
export function normalizerShift(config: JsonPart | undefined): number | undefined {
  if (config === undefined) return 0;
  if (config.value.type === 'Sequence') {
    const shifts = config.parts('normalizers').map(normalizerShift);
    return shifts.every((shift) => shift !== undefined)
      ? shifts.reduce((sum, shift) => sum + shift, 0)
      : undefined;
  }
  if (config.value.type === 'Prepend') return config.string('prepend').length;
  if (config.value.type !== 'Replace') return undefined;
  const pattern = config.part('pattern').value.String;
  return typeof pattern === 'string' && pattern.length === 1 && config.string('content').length === 1
    ? 0
    : undefined;
}
