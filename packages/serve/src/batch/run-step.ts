import type { ForwardResult, Logits } from '@nexttoken/model';
import type { BatchRows } from './batch-rows';
import { capturesOf, type ForwardJob, unread } from './forward-job';
import type { BatchStep, StepPiece } from './plan-step';

/** Keeps what a piece was answered: the batch's buffers live until its next step, those of a job until its session's. */
function keepLogits({ job, row, tokens }: StepPiece, answer: Logits): void {
  const { vocabSize } = answer;
  const positions = job.request === 'all' ? job.tokens[row]!.length : 1;
  job.logits[row] ??= { data: new Float32Array(positions * vocabSize), positions, vocabSize };
  const { data } = job.logits[row];
  if (job.request === 'all') data.set(answer.data, (job.read[row]! - tokens.length) * vocabSize);
  else if (unread(job, row) === 0) data.set(answer.data);
}

function keepCaptures(job: ForwardJob, result: ForwardResult): void {
  const own = <Kind extends { readonly data: Float32Array }>(
    all: readonly (Kind | null)[] | undefined,
  ): (Kind | null)[] | undefined =>
    all &&
    job.rows.map(({ position }, row) => {
      const captured = job.tokens[row]!.length > 0 ? all[position] : undefined;
      return captured ? { ...captured, data: captured.data.slice() } : null;
    });
  const hiddenStates = own(result.hiddenStates);
  const attention = own(result.attention);
  if (hiddenStates) job.hiddenStates = hiddenStates;
  if (attention) job.attention = attention;
}

/** Whether anybody looks at the logits behind these pieces. */
const wantsLogits = (pieces: readonly StepPiece[]): boolean =>
  pieces.some(({ job, row, tokens }) => job.request !== 'none' && unread(job, row) === tokens.length);

/** One call of the model's session, and what it means for the jobs. An error changes nothing. */
export async function runStep({ pieces, allPositions }: BatchStep, rows: BatchRows): Promise<void> {
  const tokens: Int32Array[] = Array.from({ length: rows.count }, () => new Int32Array(0));
  for (const piece of pieces) tokens[piece.job.rows[piece.row]!.position] = piece.tokens;
  const first = pieces[0]!.job;
  const logits = allPositions ? 'all' : wantsLogits(pieces) ? 'last' : 'none';
  const { capture } = first.options;
  const result: ForwardResult = await rows.session.forward(tokens, {
    logits,
    ...(capturesOf(first) && capture && { capture }),
  });
  for (const piece of pieces) {
    const { job, row } = piece;
    const shared = job.rows[row]!;
    job.read[row]! += piece.tokens.length;
    shared.length += piece.tokens.length;
    const answer = result.logits[shared.position];
    if (answer && job.request !== 'none' && (allPositions || unread(job, row) === 0))
      keepLogits(piece, answer);
  }
  if (capturesOf(first)) keepCaptures(first, result);
}
