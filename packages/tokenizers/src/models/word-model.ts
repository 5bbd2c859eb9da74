import type { TraceWord } from '@nexttoken/model';
import type { IntBuffer } from '../text/int-buffer';

/** The step from one word to ids. */
export interface WordModel {
  /** As tokenizer.json names it. */
  readonly type: string;
  /**
   * Appends the ids of the word `[start, end)` of a text and, where asked for, how many of the word's UTF-8 bytes
   * each stands for: 0 for a token that shares its range with the next one.
   */
  encode(text: string, start: number, end: number, ids: IntBuffer, lengths?: IntBuffer): void;
  /** How it came to them. */
  explain(word: string): Pick<TraceWord, 'symbols' | 'merges' | 'score'>;
}
