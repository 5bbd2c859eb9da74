/** One token of a tokenized text. */
export interface TokenizedPiece {
  readonly id: number;
  /** As people see it. */
  readonly token: string;
  /** How many bytes of the text it stands for; 0 for special tokens around it. */
  readonly bytes: number;
  readonly special?: boolean | undefined;
}

/** A text as one tokenizer cuts it. */
export interface Tokenization {
  /** The tokenizer's name. */
  readonly name: string;
  readonly pieces: readonly TokenizedPiece[];
}
