import type { StreamToken } from '@nexttoken/inspector-elements';
import type { TokenFacts } from '../engine/protocol';
import { surprisal } from '../tree/token-tree';

/** A taken token as the token stream draws it. */
export function streamToken(facts: TokenFacts): StreamToken {
  const { id, token, piece, rank, entropy, share, by, special } = facts;
  return {
    id,
    token,
    text: special ? '' : piece,
    surprisal: surprisal(facts),
    rank,
    entropy,
    share,
    by,
    special,
  };
}
