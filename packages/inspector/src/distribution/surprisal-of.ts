/** `-log2 probability`, in bits; Infinity for 0. */
export function surprisalOf(probability: number): number {
  return -Math.log2(probability);
}
