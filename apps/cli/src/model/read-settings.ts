import type { HuggingFacePresetOptions } from '@nexttoken/sampling';
import type { ParsedArguments } from '../arguments/parsed-arguments';

/**
 * The settings of the flags that reshape a row; those that were not given are left out.
 * @throws NextTokenError `invalid-parameter` for illegal values
 */
export function readSettings(args: ParsedArguments): HuggingFacePresetOptions {
  const given: { [Option in keyof HuggingFacePresetOptions]: number | undefined } = {
    temperature: args.number('temperature', {
      above: 0,
      hint: 'for the most probable token each time: --greedy',
    }),
    topK: args.number('top-k', { integer: true, minimum: 0 }),
    topP: args.number('top-p', { minimum: 0, maximum: 1 }),
    minP: args.number('min-p', { minimum: 0, maximum: 1 }),
    typicalP: args.number('typical-p', { above: 0, maximum: 1 }),
    repetitionPenalty: args.number('repetition-penalty', { above: 0 }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
