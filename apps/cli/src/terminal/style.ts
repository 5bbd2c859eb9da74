/** Colours, or nothing where they are not wanted. */
export interface Style {
  readonly colours: boolean;
  bold(text: string): string;
  dim(text: string): string;
  accent(text: string): string;
  failure(text: string): string;
  /** From purple (0) over blue and teal to gold (1); readable on dark and light. */
  probability(text: string, probability: number): string;
}

/** Indices into the 256-colour palette, equally bright, ordered for colour-blind eyes too. */
const ramp = [133, 97, 68, 37, 71, 136] as const;

export function createStyle(colours: boolean): Style {
  const paint = (open: string, close: string) => (text: string) =>
    colours && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    colours,
    bold: paint('1', '22'),
    dim: paint('2', '22'),
    accent: paint('36', '39'),
    failure: paint('31', '39'),
    probability: (text, probability) => paint(`38;5;${ramp[rampStep(probability)]}`, '39')(text),
  };
}

function rampStep(probability: number): number {
  const borders = [0.05, 0.15, 0.35, 0.6, 0.85];
  const step = borders.findIndex((border) => probability < border);
  return step === -1 ? borders.length : step;
}
