import { field, fields, textOf } from './wire';

/** Names of a model's outputs, read from its bytes. */
export function graphOutputs(model: Uint8Array): string[] {
  const graph = field(model, 7)?.bytes ?? new Uint8Array();
  return [...fields(graph)]
    .filter(({ number }) => number === 12)
    .map(({ bytes }) => textOf(field(bytes, 1)?.bytes));
}
