import type { LanguageModel, Logits } from '@nexttoken/model';
import { check, fail } from './check';

/**
 * Checks one `Logits` against its contract: a Float32Array of `[positions, vocabSize]` without NaN or
 * +Infinity; -Infinity only where the model declares `logits: { top }`, and then at most n other values.
 * @returns its data
 */
export function checkLogits(
  logits: Logits | null | undefined,
  positions: number,
  model: Pick<LanguageModel, 'vocabSize' | 'capabilities'>,
  what: string,
): Float32Array {
  if (logits === null || logits === undefined) fail(`${what}: expected logits, got ${logits}`);
  const { data } = logits;
  check(
    Object.prototype.toString.call(data) === '[object Float32Array]',
    () => `${what}: logits.data must be a Float32Array, got ${Object.prototype.toString.call(data)}`,
  );
  check(
    logits.vocabSize === model.vocabSize,
    `${what}: logits.vocabSize is ${logits.vocabSize}, the model's is ${model.vocabSize}`,
  );
  check(
    logits.positions === positions,
    `${what}: expected logits of ${positions} position(s), got positions ${logits.positions}`,
  );
  check(
    data.length === positions * model.vocabSize,
    `${what}: logits.data must hold ${positions} x ${model.vocabSize} values, got ${data.length}`,
  );
  for (let position = 0; position < positions; position++) {
    const row = data.subarray(position * model.vocabSize, (position + 1) * model.vocabSize);
    checkValues(row, model, `${what}, position ${position}`);
  }
  return data;
}

function checkValues(row: Float32Array, model: Pick<LanguageModel, 'capabilities'>, what: string): void {
  const { logits } = model.capabilities;
  let known = 0;
  row.forEach((value, id) => {
    if (Number.isFinite(value)) known++;
    else if (value !== Number.NEGATIVE_INFINITY) fail(`${what}: the logit of id ${id} is ${value}`);
  });
  if (logits === 'full') {
    const id = row.indexOf(Number.NEGATIVE_INFINITY);
    check(id < 0, `${what}: the logit of id ${id} is -Infinity, but the model declares logits 'full'`);
  } else {
    check(known > 0, `${what}: every logit is -Infinity`);
    check(known <= logits.top, `${what}: ${known} logits are known, the model declares top ${logits.top}`);
  }
}
