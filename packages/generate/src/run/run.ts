import type { RunChanges } from './run-options';
import type { RunRecord } from './run-record';

/** A finished run with its KV cache, from which others can branch. */
export interface Run {
  /** The run as plain data. */
  readonly record: RunRecord;
  /**
   * Another run that is like this one up to a step. The KV cache is forked and cut back, nothing is read again from
   * text; at most one id is forwarded before the first new logits.
   * @throws NextTokenError `invalid-parameter`, `unsupported-capability`, `disposed`, and what `generate` throws
   */
  fork(changes: RunChanges): Promise<Run>;
  /** Frees the session. Idempotent; forks live on. */
  dispose(): Promise<void>;
}
