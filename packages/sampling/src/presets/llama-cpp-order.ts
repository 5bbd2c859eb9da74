import { invalidParameter, NextTokenError, unknownOption } from '@nexttoken/model';
import { keysOfSampler, type LlamaCppSamplerName, llamaCppOwner } from './llama-cpp-keys';

/** `common_params_sampling::samplers`: the order where none is given. */
const defaultLetters = 'edskypmxt';

const nameOfLetter: Readonly<Record<string, LlamaCppSamplerName | 'infill'>> = {
  e: 'penalties',
  d: 'dry',
  s: 'top_n_sigma',
  k: 'top_k',
  y: 'typ_p',
  p: 'top_p',
  m: 'min_p',
  x: 'xtc',
  t: 'temperature',
  a: 'adaptive_p',
  i: 'infill',
};

const samplerNames = () => Object.keys(keysOfSampler) as LlamaCppSamplerName[];
const otherNames: Readonly<Record<string, LlamaCppSamplerName>> = {
  nucleus: 'top_p',
  temp: 'temperature',
  typ: 'typ_p',
  typicalp: 'typ_p',
};

function checkedName(given: unknown): LlamaCppSamplerName {
  const plain = String(given).toLowerCase().replace(/[-_]/g, '');
  const names = samplerNames();
  const name = names.find((known) => known.replaceAll('_', '') === plain) ?? otherNames[plain];
  if (name !== undefined) return name;
  if (plain !== 'infill') throw unknownOption(`${llamaCppOwner}: samplers`, String(given), names);
  throw new NextTokenError(
    'unsupported-option',
    `${llamaCppOwner}: the sampler infill cannot be honoured: filling in the middle needs the texts of all tokens`,
    { owner: llamaCppOwner, option: 'infill' },
  );
}

/**
 * Reads the order: a list of names, one string of names between semicolons, or one of letters. llama.cpp
 * passes over what it does not know; here it is an error.
 */
export function llamaCppOrder(samplers: unknown = defaultLetters): readonly LlamaCppSamplerName[] {
  if (Array.isArray(samplers)) return samplers.map(checkedName);
  if (typeof samplers !== 'string') {
    throw invalidParameter(llamaCppOwner, 'samplers', samplers, 'a list of names, or a string');
  }
  const letters = Array.from(samplers);
  if (!samplers.includes(';') && letters.every((letter) => nameOfLetter[letter] !== undefined)) {
    return letters.map((letter) => checkedName(nameOfLetter[letter]));
  }
  return samplers.split(';').map(checkedName);
}
