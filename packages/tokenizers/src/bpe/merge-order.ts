/** Which pairs merge, in which order, into what. */
export interface MergeOrder {
  /**
   * Rank of the pair, lower first; -1 when it does not merge.
   * @param from where the pair begins among the word's first symbols
   * @param to where it ends
   */
  rank(left: number, right: number, from: number, to: number): number;
  /** The symbol that the pair of this rank becomes. */
  merged(rank: number): number;
}
