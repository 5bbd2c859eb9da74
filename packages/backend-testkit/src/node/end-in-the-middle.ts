import { argv } from 'node:process';
import { invalidParameter, type LanguageModel } from '@nexttoken/model';

/** The longest text of a call. */
const most = 500;

/**
 * The child's side of the suite `exit`: keeps the model busy and ends this process the way that its first argument
 * says (`childProcess` gives it).
 * @param ids ids to write the text with; default the whole vocabulary
 * @throws NextTokenError `invalid-parameter` when the script was started by nobody
 */
export async function endInTheMiddle(model: LanguageModel, ids?: ArrayLike<number>): Promise<void> {
  const ending = argv[2];
  const legal = ['exit', 'uncaught', 'SIGINT', 'SIGTERM', 'handled-signal'];
  if (!legal.includes(ending ?? '')) {
    throw invalidParameter('endInTheMiddle', "the script's first argument", ending, legal.join(' | '));
  }
  const stop = new AbortController();
  const finished = keepBusy(
    model,
    stop.signal,
    ids ?? Array.from({ length: model.vocabSize }, (_, id) => id),
  );
  if (ending === 'handled-signal') {
    process.once('SIGTERM', () => stop.abort(new Error('stopped by a signal')));
    finished.then(() => model.dispose()).then(() => console.log('disposed'));
  }
  // Whatever the model does in the first moments, it is in the middle of a call by now.
  setTimeout(() => {
    console.log('running');
    if (ending === 'exit') process.exit(7);
    if (ending === 'uncaught') throw new Error('thrown on purpose');
  }, 200);
  await finished;
}

/** Calls one after the other until the signal is aborted. */
async function keepBusy(model: LanguageModel, signal: AbortSignal, ids: ArrayLike<number>): Promise<void> {
  const { contextLength } = model.capabilities;
  const text = Array.from({ length: Math.min(most, contextLength) }, (_, i) => ids[(i * 7) % ids.length]!);
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  while (!signal.aborted) {
    const session = await model.createSession();
    try {
      await session.forward([text], { logits: 'none', signal });
    } catch (error) {
      if (error !== signal.reason) throw error;
    } finally {
      await session.dispose();
    }
    await turn(); // a model in this very thread leaves no time for timers and signals otherwise
  }
}
