import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { checkCount } from '../options/check-count';
import type { Draft, DraftRow } from './draft';

export interface PromptLookupOptions {
  /** The most tokens proposed at once, an integer >= 1; default 10. */
  readonly tokens?: number;
  /** The longest ending that is looked for, an integer >= 1; default 3. */
  readonly maxNgram?: number;
  /** The shortest one, an integer in [1, maxNgram]; default 1. */
  readonly minNgram?: number;
}

/** Whether the n ids before `end` are the last n of the row. */
function endsAlike(ids: readonly number[], end: number, n: number): boolean {
  for (let back = 1; back <= n; back++) if (ids[end - back] !== ids[ids.length - back]) return false;
  return true;
}

/** Index behind the latest earlier place where the row's last n ids stand; -1: there is none. */
function latestMatch(ids: readonly number[], n: number): number {
  for (let end = ids.length - 1; end >= n; end--) if (endsAlike(ids, end, n)) return end;
  return -1;
}

/**
 * A draft that needs no model: it looks for the row's last n ids earlier in the row, and proposes what followed
 * there. Good where the text repeats its prompt (summaries, corrections, code); free elsewhere.
 *
 * The longest n from `maxNgram` down to `minNgram` that is found anywhere decides, the latest place first.
 * The proposals involve no chance, so the output is token for token the one without a draft, same draws included.
 *
 * Cost: `maxNgram · length` comparisons a step.
 * Source: Saxena, "Prompt Lookup Decoding", 2023.
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`
 */
export function promptLookup(options: PromptLookupOptions = {}): Draft {
  const owner = 'promptLookup';
  checkOptionNames(owner, options, ['tokens', 'maxNgram', 'minNgram']);
  const { tokens = 10, maxNgram = 3, minNgram = 1 } = options;
  checkCount(owner, 'tokens', tokens, 1);
  checkCount(owner, 'maxNgram', maxNgram, 1);
  checkCount(owner, 'minNgram', minNgram, 1);
  if (minNgram > maxNgram) throw invalidParameter(owner, 'minNgram', minNgram, `at most ${maxNgram}`);
  const row: DraftRow = {
    async propose({ ids, count }) {
      for (let n = Math.min(maxNgram, ids.length - 1); n >= minNgram; n--) {
        const end = latestMatch(ids, n);
        if (end >= 0) return { ids: ids.slice(end, end + Math.min(count, tokens)) };
      }
      return { ids: [] };
    },
    dispose: async () => undefined,
  };
  return {
    kind: 'draft',
    type: 'promptLookup',
    parameters: { tokens, maxNgram, minNgram },
    openRow: () => row,
  };
}
