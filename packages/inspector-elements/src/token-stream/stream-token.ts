/** One token of a text as it is drawn; a row of inspector's `LossTable` is one. */
export interface StreamToken {
  readonly id: number;
  /** As people see it, e.g. `␣Paris`, `‹E2 80›`. */
  readonly token: string;
  /** What it adds to the text; '' for a token within a character, and for special tokens. */
  readonly text: string;
  /** −log₂ of its probability, in bits. Absent where nothing comes before it. */
  readonly surprisal?: number | undefined;
  /** 1: the model would have chosen it. */
  readonly rank?: number | undefined;
  /** Of the distribution it came from, in bits. */
  readonly entropy?: number | undefined;
  /** Its probability after the processors. */
  readonly share?: number | undefined;
  /** Bits against another model or run: positive where that one saw it coming better. */
  readonly delta?: number | undefined;
  /** Who put it there; `template` is drawn as a mark, not as text. */
  readonly by?: 'prompt' | 'template' | 'sampler' | 'hand' | 'recorded' | undefined;
  /** A special token: drawn by its name. */
  readonly special?: boolean | undefined;
}

/** What colour and thickness of the underline say. */
export type StreamColour = 'surprisal' | 'probability' | 'rank' | 'entropy' | 'delta' | 'none';
