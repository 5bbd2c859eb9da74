import type { PaddingSettings, TextSide, TruncationSettings } from '@nexttoken/model';
import type { JsonPart } from './read-json';

/** Reads the `truncation` of tokenizer.json. */
export function readTruncation(file: JsonPart): TruncationSettings | undefined {
  const config = file.optionalPart('truncation');
  if (config === undefined) return undefined;
  return { maxLength: config.number('max_length'), side: readSide(config) };
}

/** Reads the `padding` of tokenizer.json. */
export function readPadding(file: JsonPart): PaddingSettings | undefined {
  const config = file.optionalPart('padding');
  if (config === undefined) return undefined;
  const strategy = config.value.strategy ?? 'BatchLongest';
  return {
    side: readSide(config),
    length: strategy === 'BatchLongest' ? 'longest' : config.part('strategy').number('Fixed'),
    multipleOf: config.number('pad_to_multiple_of', 1),
    id: config.number('pad_id', 0),
  };
}

function readSide(config: JsonPart): TextSide {
  const side = config.string('direction', 'Right').toLowerCase();
  if (side !== 'left' && side !== 'right') throw config.error('direction', `is unknown: ${side}`);
  return side;
}
