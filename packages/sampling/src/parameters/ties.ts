import { invalidParameter } from '@nexttoken/model';

/** What becomes of tokens that tie with the last one kept. */
export interface TiesOptions {
  /** `keep` (default): all of them stay, as in Hugging Face. `cut`: the lower ids fill the number, as in llama.cpp. */
  readonly ties?: 'keep' | 'cut';
}

/** Checks `ties`; its part of a processor's `parameters`, where the default is not shown. */
export function checkTies(owner: string, { ties }: TiesOptions): TiesOptions {
  if (ties === undefined || ties === 'keep') return {};
  if (ties !== 'cut') throw invalidParameter(owner, 'ties', ties, '"keep" or "cut"');
  return { ties };
}
