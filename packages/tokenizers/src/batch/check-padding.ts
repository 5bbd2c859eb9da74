import { checkOptionNames, invalidParameter, type PaddingSettings, type Tokenizer } from '@nexttoken/model';

/** Padding with every value set, checked. */
export function checkPadding(
  tokenizer: Tokenizer,
  padding: Pick<PaddingSettings, 'side' | 'id'> & Partial<PaddingSettings>,
): PaddingSettings {
  checkOptionNames('encodeBatch padding', padding, ['side', 'id', 'length', 'multipleOf']);
  const { side, id, length = 'longest', multipleOf = 1 } = padding;
  const wrong = (name: string, value: unknown, expected: string) =>
    invalidParameter('encodeBatch', `padding.${name}`, value, expected);
  if (side !== 'left' && side !== 'right') throw wrong('side', side, "'left' or 'right'");
  if (tokenizer.tokenOf(id) === undefined) throw wrong('id', id, 'the id of a token');
  if (length !== 'longest' && !(Number.isInteger(length) && length >= 0)) {
    throw wrong('length', length, "'longest' or a whole number of at least 0");
  }
  if (!Number.isInteger(multipleOf) || multipleOf < 1) {
    throw wrong('multipleOf', multipleOf, 'a whole number of at least 1');
  }
  return { side, id, length, multipleOf };
}
