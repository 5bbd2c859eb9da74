export interface RotaryScheme {
  readonly theta: number;
  readonly headSize: number;
}

/** Frequency of pair i of a head, theta^(-2i / headSize), in float32 as Hugging Face computes it. */
export function rotaryFrequency(pair: number, { theta, headSize }: RotaryScheme): number {
  return Math.fround(1 / Math.fround(theta ** Math.fround((2 * pair) / headSize)));
}

/** The angle by which pair i of a head turns at a position, in float32. */
export function rotaryAngle(position: number, pair: number, scheme: RotaryScheme): number {
  return Math.fround(position * rotaryFrequency(pair, scheme));
}
