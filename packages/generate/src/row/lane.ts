/** The ids of one row of the session, those that are still to be forwarded included. */
export interface Lane {
  readonly ids: number[];
  /** Index in `ids` of the cache's first position; negative where the session holds ids that nobody named. */
  start: number;
}

/** The ids behind the cached ones. */
export const pendingIds = (lane: Lane, cached: number): number[] => lane.ids.slice(lane.start + cached);

/** Positions that the cache must hold for all ids to be in it. */
export const laneLength = (lane: Lane): number => lane.ids.length - lane.start;
