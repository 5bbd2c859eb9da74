import type {
  AttentionPatterns,
  ForwardOptions,
  ForwardResult,
  HiddenStates,
  Logits,
  LogitsRequest,
} from '@nexttoken/model';
import type { SharedRow } from './shared-row';

/** One `forward` of one batched session, on its way through the batch. */
export interface ForwardJob {
  readonly rows: readonly SharedRow[];
  /** The new ids of each row. */
  readonly tokens: readonly Int32Array[];
  readonly request: LogitsRequest;
  readonly options: ForwardOptions;
  /** How many ids of each row have been read. */
  readonly read: number[];
  readonly logits: (Logits | null)[];
  /** Of a job that captures: it is read in one piece. */
  hiddenStates?: readonly (HiddenStates | null)[];
  attention?: readonly (AttentionPatterns | null)[];
  resolve(result: ForwardResult): void;
  reject(error: unknown): void;
}

/** Ids of a row that are still to be read. */
export const unread = (job: ForwardJob, row: number): number => job.tokens[row]!.length - job.read[row]!;

export const isBegun = ({ read }: ForwardJob): boolean => read.some((count) => count > 0);

export const isDone = (job: ForwardJob): boolean => job.rows.every((_, row) => unread(job, row) === 0);

export const capturesOf = ({ options: { capture } }: ForwardJob): boolean =>
  capture?.hiddenStates === true || capture?.attention === true;

/** What the job's `forward` returns. */
export function resultOf({ logits, hiddenStates, attention }: ForwardJob): ForwardResult {
  return { logits, ...(hiddenStates && { hiddenStates }), ...(attention && { attention }) };
}
