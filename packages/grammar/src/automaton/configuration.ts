import type { TokenMask } from '../vocabulary/vocabulary';
import type { CharacterRun } from './character-runs';
import type { Place } from './stack';

/** Everywhere that the text so far may have led to: one value, shared by all texts that led there. */
export interface Configuration {
  /** States that read a byte next. */
  readonly places: readonly Place[];
  /** Whether the text may end here. */
  readonly accepting: boolean;
  /** Its row in the table of transitions, as long as it is the one that is listed there. */
  index: number;
  /** The tokens that fit, once somebody asked. */
  mask: TokenMask | undefined;
  /** What text reads on from here, once somebody asked. */
  run: CharacterRun | undefined;
}
