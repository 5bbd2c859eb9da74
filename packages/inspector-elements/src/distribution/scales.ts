import type { NextTokenRow } from '@nexttoken/inspector';
import { scaleLinear, scaleLog } from 'd3-scale';
import { formatNumber } from '../element/format';

/** The two axes of a row: raw logits, and shares. */
export interface RowScales {
  /** Place of a logit on its axis, in [0, 1]. */
  logit(value: number): number;
  readonly logitEnds: readonly [low: string, high: string];
  /** Length of a share's bar, in [0, 1]. */
  share(value: number): number;
  readonly shareEnds: readonly [low: string, high: string];
}

/** What a full bar may mean: the smallest that holds the longest one. */
const fulls = [0.01, 0.05, 0.1, 0.25, 0.5, 1];
/** Where a logarithmic axis begins. */
const least = 1e-6;

/** Axes that hold all rows. */
export function scalesOf(rows: readonly NextTokenRow[], scale: 'linear' | 'log'): RowScales {
  const logits = rows.map(({ logit }) => logit).filter(Number.isFinite);
  const low = Math.min(...logits);
  const high = Math.max(...logits);
  const logit = scaleLinear([low, high > low ? high : low + 1], [0, 1]).clamp(true);
  const longest = Math.max(...rows.map(({ probability, share = 0 }) => Math.max(probability, share)));
  const full = fulls.find((each) => each >= longest) ?? 1;
  const linear = scaleLinear([0, full], [0, 1]).clamp(true);
  const logarithmic = scaleLog([least, 1], [0, 1]).clamp(true);
  return {
    logit: (value) => (Number.isFinite(value) ? logit(value) : 0),
    logitEnds: rows.length ? [formatNumber(low), formatNumber(high)] : ['', ''],
    share: (value) => (scale === 'linear' ? linear(value) : logarithmic(Math.max(value, least))),
    shareEnds: scale === 'linear' ? ['0', `${full * 100} %`] : ['0.0001 %', '100 %'],
  };
}
