/** What is taken off counts of 1, of 2, and of 3 and more. */
export type Discounts = readonly [one: number, two: number, more: number];

export const fallbackDiscounts: Discounts = [0.5, 1, 1.5];

/**
 * How the numbers of n-grams with each count are taken.
 * - `kenlm`: as `lmplz` does. Where there are none of count 4, D_3 is 3. And of each order below the highest the last n-gram
 *   (in order of its ids from the last to the first) goes in with its own count instead of the adjusted one.
 * - `chen-goodman`: as the paper says, and only where there are n-grams of all counts from 1 to 4.
 */
export type DiscountRule = 'kenlm' | 'chen-goodman';

/**
 * The discounts of modified Kneser-Ney for one order, from how many n-grams have each count:
 * Y = t1 / (t1 + 2 t2), D_k = k - (k + 1) Y t_(k+1) / t_k.
 * @param tallies how many n-grams have an adjusted count of 1, 2, 3 and 4
 * @returns `undefined` where one cannot be computed or lies outside [0, k]
 *
 * Chen and Goodman, "An Empirical Study of Smoothing Techniques for Language Modeling", 1998.
 */
export function discountsOf(tallies: readonly number[], rule: DiscountRule): Discounts | undefined {
  const share = tallies[0]! / (tallies[0]! + 2 * tallies[1]!);
  const discounts = [1, 2, 3].map((k) => k - ((k + 1) * share * tallies[k]!) / tallies[k - 1]!);
  const legal = discounts.every((discount, i) => discount >= 0 && discount <= i + 1);
  return legal && tallies.slice(0, rule === 'kenlm' ? 3 : 4).every((tally) => tally > 0)
    ? (discounts as unknown as Discounts)
    : undefined;
}
