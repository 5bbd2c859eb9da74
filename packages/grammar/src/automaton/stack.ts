/** States to go back to, the innermost first; equal stacks are the same object. */
export interface Stack {
  readonly state: number;
  readonly parent: Stack | undefined;
  /** The stacks on top of it, by their states. */
  readonly children: Map<number, Stack>;
  /** The places that have it, by their states. */
  readonly places: Map<number, Place>;
}

/** A state, and where its rule goes back to; equal places are the same object. */
export interface Place {
  readonly id: number;
  readonly state: number;
  readonly stack: Stack;
  /** The last search that came by. */
  seen: number;
}

export const createStack = (state: number, parent: Stack | undefined): Stack => ({
  state,
  parent,
  children: new Map(),
  places: new Map(),
});
