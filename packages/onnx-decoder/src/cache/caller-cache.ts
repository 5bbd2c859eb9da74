import type { GraphLayout } from '../layout/graph-layout';
import type { OpenSession } from '../runtime';
import type { CacheRows, CacheRun, CacheRunResult } from './cache-rows';
import type { CacheStore } from './cache-store';
import { cacheName, callerFeeds } from './caller-feeds';
import { joinSegments } from './join-segments';
import { type RunSegment, runSegments } from './run-segments';
import { SharedRows } from './shared-rows';

/** The cache of our own graphs: buffers of the caller's, of which the graph returns only the new positions. */
export class CallerCache implements CacheRows {
  readonly #rows: SharedRows;

  constructor(
    readonly open: OpenSession,
    readonly layout: GraphLayout,
    rows: number | SharedRows,
  ) {
    this.#rows = typeof rows === 'number' ? new SharedRows(layout, rows) : rows;
  }

  get lengths(): readonly number[] {
    return this.#rows.lengths;
  }

  get buffers(): readonly Float32Array[] {
    return [...this.#rows.trunks.sides, ...this.#rows.tails.sides];
  }

  async run(run: CacheRun): Promise<CacheRunResult> {
    this.#rows.settle();
    const { firstRow, tokens } = run;
    const { places, tails } = this.#rows;
    const chosen = places.slice(firstRow, firstRow + tokens.length);
    const segments = runSegments(chosen, tails.places, tokens[0]!.length);
    const results: CacheRunResult[] = [];
    for (const segment of segments) results.push(await this.#runSegment(segment, run));
    return segments.length === 1 ? results[0]! : joinSegments(segments, results);
  }

  select(parents: readonly number[]): void {
    this.#rows.select(parents);
  }

  truncate(lengths: readonly number[]): void {
    this.#rows.truncate(lengths);
  }

  fork(): CallerCache {
    return new CallerCache(this.open, this.layout, this.#rows.fork());
  }

  dispose(): void {
    this.#rows.dispose();
  }

  async #runSegment(segment: RunSegment, run: CacheRun): Promise<CacheRunResult> {
    const { lengths, trunks, trunkLengths } = this.#rows;
    const { firstGroup, groups, slots, rows } = segment;
    const { layers, width } = this.layout.hiddenStates;
    const feeds = callerFeeds({
      runtime: this.open.runtime,
      segment,
      run,
      lengths: lengths.slice(run.firstRow, run.firstRow + run.tokens.length),
      trunks,
      trunkLengths: trunkLengths.slice(firstGroup, firstGroup + groups),
      ...this.#tailsFor(segment),
    });
    const cacheNames = trunks.sides.map((_, side) => cacheName('new', side));
    const hiddenNames = Array.from(
      { length: run.hiddenStates ? layers : 0 },
      (_, layer) => `hidden.${layer}`,
    );
    const outputs = await this.open.run(feeds, ['logits', ...cacheNames, ...hiddenNames]);
    const data = (name: string) => outputs[name]!.data as Float32Array;
    const length = run.tokens[0]!.length;
    this.#rows.append({
      rows: rows.map(({ index, at }) => ({ row: run.firstRow + index, at })),
      length,
      slots,
      sides: cacheNames.map(data),
    });
    const hidden = hiddenNames.map(data);
    return {
      logits: run.wanted === 'none' ? null : data('logits'),
      hiddenStates: run.hiddenStates ? rows.map(({ at }) => rowOfLayers(hidden, at, length * width)) : null,
    };
  }

  #tailsFor({ direct, firstGroup, rows, groups, slots }: RunSegment): {
    readonly tails: CacheStore;
    readonly firstTail: number;
  } {
    if (direct) return { tails: this.#rows.tails, firstTail: firstGroup };
    return { tails: this.#rows.gatherTails(rows, { groups, slots }), firstTail: 0 };
  }
}

/** The part of one place out of `[places, …]` arrays, one behind the other. */
function rowOfLayers(layers: readonly Float32Array[], place: number, size: number): Float32Array {
  const row = new Float32Array(layers.length * size);
  layers.forEach((layer, index) => {
    row.set(layer.subarray(place * size, (place + 1) * size), index * size);
  });
  return row;
}
