import type { Logits, LogitsRequest } from '@nexttoken/model';
import type { CachedPosition } from '../reference-network';
import { ReferenceSession } from '../reference-session';
import { type BrokenModel, brokenSession } from './broken-model';

/** Mistakes in what `forward` returns, and in whose memory it is. */
export const brokenAnswers: readonly BrokenModel[] = [
  brokenSession(
    "'all' returns the last position only",
    ['forward', "'all' returns every new position"],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        return super.answer(positions, request === 'all' ? 'last' : request);
      }
    },
  ),
  brokenSession(
    "'all' returns the positions in reverse order",
    ['forward', "'all' returns every new position"],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        return super.answer(request === 'all' ? [...positions].reverse() : positions, request);
      }
    },
  ),
  brokenSession(
    "'none' returns logits all the same",
    ['forward', "'none' returns null"],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[]): Logits | null {
        return super.answer(positions, 'last');
      }
    },
  ),
  brokenSession(
    'a row that sits out gets zeros instead of null',
    ['forward', 'sits out gets null'],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        const { vocabSize } = this.model;
        const zeros = { data: new Float32Array(vocabSize), positions: 1, vocabSize };
        return super.answer(positions, request) ?? (request === 'none' ? null : zeros);
      }
    },
  ),
  brokenSession(
    'the row is wider than vocabSize says (padded for the hardware)',
    ['capabilities', 'as wide as vocabSize'],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        const logits = super.answer(positions, request);
        return logits && { ...logits, data: Float32Array.from([...logits.data, 0, 0]) };
      }
    },
  ),
  brokenSession(
    'one logit is NaN',
    ['forward', "'last' (the default)"],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        const logits = super.answer(positions, request);
        if (logits) logits.data[3] = Number.NaN;
        return logits;
      }
    },
  ),
  brokenSession(
    'the answer does not depend on the text',
    ['forward', 'different texts'],
    class extends ReferenceSession {
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        return super.step(rows, index, id).fill(0.5);
      }
    },
  ),
  brokenSession(
    'the answer is not the same twice (noise of 1e-6)',
    ['determinism', 'two fresh sessions'],
    class extends ReferenceSession {
      protected override step(rows: CachedPosition[][], index: number, id: number): Float32Array {
        return super.step(rows, index, id).map((logit) => logit + 1e-6 * Math.random());
      }
    },
  ),
  brokenSession(
    'one logits buffer for all sessions',
    ['ownership', "another session's forward"],
    class extends ReferenceSession {
      static readonly buffer = new Float32Array(40);
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        const logits = super.answer(positions, request);
        if (logits?.positions !== 1) return logits;
        const { buffer } = this.constructor as unknown as { buffer: Float32Array };
        buffer.set(logits.data);
        return { ...logits, data: buffer };
      }
    },
  ),
  brokenSession(
    'one logits buffer for all rows',
    ['ownership', 'do not share memory'],
    class extends ReferenceSession {
      readonly #buffer = new Float32Array(40);
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        const logits = super.answer(positions, request);
        if (logits?.positions !== 1) return logits;
        this.#buffer.set(logits.data);
        return { ...logits, data: this.#buffer };
      }
    },
  ),
  brokenSession(
    'the logits buffer is taken back a moment after the call',
    ['ownership', 'time does not change'],
    class extends ReferenceSession {
      protected override answer(positions: readonly Float32Array[], request: LogitsRequest): Logits | null {
        const logits = super.answer(positions, request);
        setTimeout(() => logits?.data.fill(0), 1);
        return logits;
      }
    },
  ),
];
