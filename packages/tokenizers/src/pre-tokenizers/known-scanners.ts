import { gpt2Pattern, gpt2Scanner } from './gpt2-scanner';
import { llama3Pattern, llama3Scanner } from './llama3-scanner';
import { o200kPattern, o200kScanner } from './o200k-scanner';
import type { Scanner } from './scanner';

const scanners: Readonly<Record<string, Scanner>> = {
  [gpt2Pattern]: gpt2Scanner,
  // The same in fewer letters, as newer files have it.
  "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+": gpt2Scanner,
  [llama3Pattern(1)]: llama3Scanner(1),
  [llama3Pattern(3)]: llama3Scanner(3),
  [o200kPattern]: o200kScanner,
};

/** The scanner that cuts as the pattern does; `undefined` for a pattern that is not known. */
export function scannerOf(pattern: string): Scanner | undefined {
  return Object.hasOwn(scanners, pattern) ? scanners[pattern] : undefined;
}
