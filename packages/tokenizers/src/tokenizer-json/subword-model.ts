/** The step from one pre-tokenized word to ids. */
export interface SubwordModel {
  encode(words: readonly string[]): readonly number[];
}
