import type { HiddenStates } from '@nexttoken/model';
import { ReferenceSession } from '../reference-session';
import { type BrokenModel, brokenSession } from './broken-model';

/** Mistakes of what is captured beside the logits. */
export const brokenCaptures: readonly BrokenModel[] = [
  brokenSession(
    'hidden states of the last position only',
    ['hidden states', 'of all new positions'],
    class extends ReferenceSession {
      protected override hiddenAnswer(positions: readonly (readonly Float64Array[])[]): HiddenStates | null {
        return super.hiddenAnswer(positions.slice(-1));
      }
    },
  ),
  brokenSession(
    'position-major instead of layer-major',
    ['hidden states', 'in pieces'],
    class extends ReferenceSession {
      protected override hiddenAnswer(positions: readonly (readonly Float64Array[])[]): HiddenStates | null {
        const states = super.hiddenAnswer(positions);
        return states && { ...states, data: Float32Array.from(positions.flat().flatMap((row) => [...row])) };
      }
    },
  ),
  brokenSession(
    'the embeddings are left out',
    ['hidden states', 'of all new positions'],
    class extends ReferenceSession {
      protected override hiddenAnswer(positions: readonly (readonly Float64Array[])[]): HiddenStates | null {
        return super.hiddenAnswer(positions.map((states) => states.slice(1)));
      }
    },
  ),
  brokenSession(
    'hidden states that nobody asked for',
    ['hidden states', 'absent where they are not asked for'],
    class extends ReferenceSession {
      protected override captures(): boolean {
        return true;
      }
    },
  ),
  brokenSession(
    'a row that sits out gets empty hidden states instead of null',
    ['hidden states', 'null for a row that sits out'],
    class extends ReferenceSession {
      protected override hiddenAnswer(positions: readonly (readonly Float64Array[])[]): HiddenStates | null {
        const none = { data: new Float32Array(), layers: 2, positions: 0, width: 12 };
        return super.hiddenAnswer(positions) ?? none;
      }
    },
  ),
  brokenSession(
    'the last hidden states are those before a last scaling, not what the logits are computed from',
    ['hidden states', 'the last one times the output layer'],
    class extends ReferenceSession {
      protected override hiddenAnswer(positions: readonly (readonly Float64Array[])[]): HiddenStates | null {
        return super.hiddenAnswer(
          positions.map((states) => [...states.slice(0, -1), states.at(-1)!.map((x) => x / 2)]),
        );
      }
    },
  ),
];
