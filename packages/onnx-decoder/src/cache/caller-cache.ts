import type { Tensor } from 'onnxruntime-common';
import { deviceCacheMemory } from '../device/device-store';
import { SharedTensor } from '../device/shared-tensor';
import type { GraphLayout } from '../layout/graph-layout';
import type { OpenSession } from '../runtime';
import { attentionOfRow } from './attention-of-row';
import { cacheNames } from './cache-names';
import type { CacheRows, CacheRun, CacheRunResult } from './cache-rows';
import type { CacheStore } from './cache-store';
import { callerFeeds } from './caller-feeds';
import { hostMemory } from './host-store';
import { joinSegments } from './join-segments';
import { LengthMask } from './length-mask';
import { type RunSegment, runSegments } from './run-segments';
import { SharedRows } from './shared-rows';
import { type GraphTop, topOfRow } from './top-of-row';

const topNames = ['top_ids', 'top_values', 'logits_logsumexp'] as const;

/**
 * The cache of our own graphs: buffers of the caller's, in its own memory or the device's, of which the graph
 * returns only the new positions.
 */
export class CallerCache implements CacheRows {
  readonly #rows: SharedRows;
  readonly #masks = { past: new LengthMask(), tail: new LengthMask() };

  constructor(
    readonly open: OpenSession,
    readonly layout: GraphLayout,
    rows: number | SharedRows,
  ) {
    const memory = open.device ? deviceCacheMemory(open.device, layout) : hostMemory(open.runtime, layout);
    this.#rows = typeof rows === 'number' ? new SharedRows(memory, rows) : rows;
  }

  get lengths(): readonly number[] {
    return this.#rows.lengths;
  }

  get buffers(): readonly { readonly byteLength: number }[] {
    return [...this.#rows.trunks.buffers, ...this.#rows.tails.buffers];
  }

  async run(run: CacheRun): Promise<CacheRunResult> {
    this.#rows.settle();
    const { firstRow, tokens } = run;
    const { places, tails } = this.#rows;
    const chosen = places.slice(firstRow, firstRow + tokens.length);
    const segments = runSegments(chosen, tails.places, tokens[0]!.length, tails.divisible);
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

  dispose(): Promise<void> | void {
    this.#rows.dispose();
    return this.open.device?.lane.idle();
  }

  async #runSegment(segment: RunSegment, run: CacheRun): Promise<CacheRunResult> {
    const { lengths, trunkLengths } = this.#rows;
    const { firstGroup, groups, slots, rows } = segment;
    const { layers, width } = this.layout.hiddenStates;
    const past = this.#storesFor(segment);
    const { device } = this.open;
    const feeds = () => {
      device?.check();
      return callerFeeds({
        runtime: this.open.runtime,
        segment,
        run,
        lengths: lengths.slice(run.firstRow, run.firstRow + run.tokens.length),
        trunkLengths: trunkLengths.slice(firstGroup, firstGroup + groups),
        masks: this.#masks,
        allowsNoLogits: this.layout.topLogits === 0,
        ...past,
      });
    };
    const joined = this.layout.joinsNew && !device;
    const newNames = joined ? ['new'] : cacheNames('new', this.layout.layerCount);
    const hiddenNames = Array.from(
      { length: run.hiddenStates ? layers : 0 },
      (_, layer) => `hidden.${layer}`,
    );
    const patternNames = run.attention ? this.layout.attention : [];
    const hasLogits = run.wanted !== 'none' && !run.topOnly;
    const hasTop = run.wanted !== 'none' && run.top > 0;
    // A run that wants no outputs but the cache still names one that is empty then.
    const logitsNames = [...(hasTop && !hasLogits ? [] : ['logits']), ...(hasTop ? topNames : [])];
    const outputs = await this.open
      .run(feeds, [...logitsNames, ...newNames, ...hiddenNames, ...patternNames])
      .finally(() => past.done());
    const data = (name: string) => outputs[name]!.data as Float32Array;
    const length = run.tokens[0]!.length;
    const patterns = patternNames.map(data);
    const attention = rows.map(({ index, at }) => {
      const pastLength = trunkLengths[firstGroup + Math.floor(at / slots)]!;
      const tailLength = lengths[run.firstRow + index]! - pastLength;
      const capacities = { past: past.trunks.capacity, tail: past.tails.capacity };
      const place = { at, slots, length, ...capacities, pastLength, tailLength };
      return run.attention ? attentionOfRow(patterns, groups, place) : null;
    });
    const fresh = device && newNames.map((name) => new SharedTensor(outputs[name] as Tensor));
    this.#rows.append({
      rows: rows.map(({ index, at }) => ({ row: run.firstRow + index, at })),
      length,
      more: run.more,
      slots,
      sides: fresh ?? (joined ? data('new') : newNames.map(data)),
    });
    device?.enqueue(() => {
      for (const side of fresh!) side.release();
    });
    const hidden = hiddenNames.map(data);
    const perRow = run.wanted === 'all' ? length : 1;
    return {
      logits: hasLogits ? data('logits') : null,
      top: hasTop
        ? rows.map((_, place) => topOfRow(topOf(outputs), place * perRow + perRow - 1, run.top))
        : null,
      hiddenStates: run.hiddenStates ? rows.map(({ at }) => rowOfLayers(hidden, at, length * width)) : null,
      attention: run.attention ? (attention as Float32Array[]) : null,
    };
  }

  /** Trunks and tails as the graph can read them: as they lie, or gathered for this run. */
  #storesFor({ direct, firstGroup, rows, groups, slots }: RunSegment): {
    readonly trunks: CacheStore;
    readonly firstTrunk: number;
    readonly tails: CacheStore;
    readonly firstTail: number;
    done(): void;
  } {
    const { trunks, tails } = this.#rows;
    const whole = groups === trunks.places.groups;
    const past = whole || trunks.divisible ? trunks : this.#rows.gatherTrunks(firstGroup, groups);
    const own =
      direct && (whole || tails.divisible) ? tails : this.#rows.gatherTails(rows, { groups, slots });
    return {
      trunks: past,
      firstTrunk: past === trunks ? firstGroup : 0,
      tails: own,
      firstTail: own === tails ? firstGroup : 0,
      done: () => {
        if (past !== trunks) past.release();
        if (own !== tails) own.release();
      },
    };
  }
}

function topOf(outputs: Awaited<ReturnType<OpenSession['run']>>): GraphTop {
  const [ids, values, logSumExps] = topNames.map((name) => outputs[name]!.data);
  return {
    ids: ids as Int32Array,
    values: values as Float32Array,
    logSumExps: logSumExps as Float32Array,
  };
}

/** The part of one place out of `[places, …]` arrays, one behind the other. */
function rowOfLayers(layers: readonly Float32Array[], place: number, size: number): Float32Array {
  const row = new Float32Array(layers.length * size);
  layers.forEach((layer, index) => {
    row.set(layer.subarray(place * size, (place + 1) * size), index * size);
  });
  return row;
}
