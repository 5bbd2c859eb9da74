import { readTrace, verifyTrace, writeTrace } from '@nexttoken/inspector';
import type { OpenModel } from '../open-model';
import { recordText } from './record-text';
import type { VerifyResult, ViewApi } from './view-protocol';

type TraceRequest = ViewApi['trace']['request'];

/** A text's steps as a file that can be verified, here and on the command line. */
export async function traceOf(open: OpenModel, request: TraceRequest, signal: AbortSignal): Promise<Blob> {
  const run = await recordText(open, request, signal);
  try {
    const { tokenizer } = open.loaded;
    const notes = { prompt: request.prompt, model: open.card.name };
    const file = writeTrace(run.record, { tokenizer, notes });
    return new Blob([file as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' });
  } finally {
    await run.dispose();
  }
}

/** Replays a trace: the chain on its rows, and where its model is the open one, the whole run. */
export async function verifyFile(open: OpenModel, file: Blob, signal: AbortSignal): Promise<VerifyResult> {
  const trace = readTrace(await file.arrayBuffer());
  const { run, header } = trace;
  const { model, tokenizer } = open.loaded;
  const isSameModel = run.model.id === model.modelId && run.model.vocabSize === model.vocabSize;
  const {
    same,
    chain,
    model: again,
  } = await verifyTrace(trace, {
    tokenizer,
    signal,
    ...(isSameModel && { model }),
  });
  const words = [
    chain.firstDifference
      ? `step ${chain.firstDifference.step + 1} differs: ${chain.firstDifference.field}`
      : `${chain.checked} of ${run.ids.length} steps replayed on their rows, every number the same`,
    again
      ? `${model.modelId} made the run again: ${same ? 'the same tokens' : 'other tokens'}`
      : 'not its model: only the chain was replayed',
  ];
  return {
    same,
    words: words.join(' · '),
    prompt: header.notes?.prompt,
    modelId: header.notes?.model ?? run.model.id,
    promptIds: run.promptIds,
    ids: run.ids,
  };
}
