import type { StreamToken } from '@nexttoken/inspector-elements';
import type { TokenFacts } from '../engine/protocol';

/** A taken token as the token stream draws it. */
export function streamToken(facts: TokenFacts): StreamToken {
  const { id, token, piece, surprisal, rank, entropy, share, by, special } = facts;
  return {
    id,
    token,
    text: special ? '' : piece,
    surprisal,
    rank,
    entropy,
    share,
    by,
    special,
  };
}
