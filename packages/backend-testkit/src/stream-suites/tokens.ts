import type { StreamCandidate, StreamToken } from '@nexttoken/model';
import { check, checkEqual } from '../check/check';
import type { StreamKit } from '../stream-kit/stream-kit';
import type { StreamSuite } from '../stream-kit/stream-suite';

function checkCandidate(kit: StreamKit, candidate: Omit<StreamCandidate, 'logprob'>, what: string): void {
  const { tokenIds, tokenBytes } = kit.model.capabilities;
  check(typeof candidate.text === 'string', `${what}: its text is ${candidate.text}`);
  const id: unknown = candidate.id;
  const legal = tokenIds ? Number.isInteger(id) && (id as number) >= 0 : id === undefined;
  check(legal, `${what}: its id is ${id}, the model declares tokenIds ${tokenIds}`);
  const bytes: unknown = candidate.bytes;
  const kind = Object.prototype.toString.call(bytes);
  check(
    tokenBytes ? kind === '[object Uint8Array]' : bytes === undefined,
    `${what}: its bytes are ${kind}, the model declares tokenBytes ${tokenBytes}`,
  );
}

function checkLogprob(logprob: unknown, what: string): void {
  const legal = typeof logprob === 'number' && Number.isFinite(logprob) && logprob <= 1e-5;
  check(legal, `${what}: its logprob is ${logprob}`);
}

/** Checks tokens against what was asked for. */
function checkTokens(kit: StreamKit, tokens: readonly StreamToken[], most: number, what: string): void {
  for (const [index, token] of tokens.entries()) {
    const where = `${what}, token ${index}`;
    checkCandidate(kit, token, where);
    check(Array.isArray(token.candidates), `${where}: candidates must be a list`);
    const { candidates } = token;
    check(candidates.length <= most, `${where}: ${candidates.length} candidates, ${most} were asked for`);
    for (const [rank, candidate] of candidates.entries()) {
      checkCandidate(kit, candidate, `${where}, candidate ${rank}`);
      checkLogprob(candidate.logprob, `${where}, candidate ${rank}`);
      const before = candidates[rank - 1]?.logprob ?? Number.POSITIVE_INFINITY;
      check(candidate.logprob <= before, `${where}: candidate ${rank} is likelier than the one before it`);
    }
    const ids = candidates.map(({ id }) => id).filter((id) => id !== undefined);
    checkEqual(new Set(ids).size, ids.length, `${where}: different candidates`);
  }
}

/** The tokens' bytes as text; halves of characters at its end left out. */
function textOf(tokens: readonly StreamToken[]): string {
  const bytes = tokens.flatMap(({ bytes: own }) => [...(own ?? [])]);
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Tokens with their log-probabilities, where they are asked for. */
export const tokensSuite: StreamSuite = {
  name: 'tokens',
  tests: [
    {
      name: 'absent where they are not asked for',
      run: async (kit) => {
        const { events } = await kit.read(kit.request());
        const given = events.some((event) => event.type === 'delta' && event.tokens !== undefined);
        check(!given, 'a delta has tokens although nobody asked for them');
      },
    },
    {
      name: 'every token of the text, with its log-probability; 0 asks for no candidates',
      needs: { options: ['logprobs'] },
      run: async (kit) => {
        const { events, tokens, finish } = await kit.read(kit.request({ logprobs: 0 }));
        check(tokens.length > 0, 'no token came');
        const bare = events.some((event) => event.type === 'delta' && !event.tokens);
        check(!bare, 'a delta has no list of tokens');
        checkTokens(kit, tokens, 0, 'logprobs 0');
        for (const [index, { logprob }] of tokens.entries()) checkLogprob(logprob, `token ${index}`);
        const count = finish.usage?.newTokens;
        // An end token may be counted and not told, or the other way round.
        check(
          count === undefined || Math.abs(count - tokens.length) <= 1,
          `${tokens.length} tokens came, usage.newTokens is ${count}`,
        );
      },
    },
    {
      name: 'as many candidates as asked for, the best first',
      needs: { options: ['logprobs'], candidates: 1 },
      run: async (kit) => {
        const most = Math.min(kit.model.capabilities.maxCandidates, 3);
        for (const logprobs of new Set([1, most])) {
          const { tokens } = await kit.read(kit.request({ logprobs }));
          checkTokens(kit, tokens, logprobs, `logprobs ${logprobs}`);
          const full = tokens.filter(({ candidates }) => candidates.length === logprobs).length;
          check(full > 0, `no token has the ${logprobs} candidate(s) asked for`);
        }
      },
    },
    {
      name: 'a token that is among its candidates has their log-probability',
      needs: { options: ['logprobs'], candidates: 1, tokenIds: true },
      run: async (kit) => {
        const logprobs = Math.min(kit.model.capabilities.maxCandidates, 3);
        const { tokens } = await kit.read(kit.request({ logprobs }));
        for (const [index, { id, logprob, candidates }] of tokens.entries()) {
          const same = candidates.find((candidate) => candidate.id === id);
          const off = same ? Math.abs(same.logprob - logprob!) : 0;
          check(off <= 1e-3, `token ${index}: logprob ${logprob}, among the candidates ${same?.logprob}`);
        }
      },
    },
    {
      name: 'greedy takes the best candidate',
      needs: { options: ['logprobs'], samplers: ['greedy'], candidates: 1 },
      run: async (kit) => {
        const { tokens } = await kit.read(kit.steady({ logprobs: 1 }));
        for (const [index, { logprob, candidates }] of tokens.entries()) {
          const best = candidates[0]?.logprob ?? logprob!;
          check(logprob! >= best - 1e-3, `token ${index}: logprob ${logprob}, the best one has ${best}`);
        }
      },
    },
    {
      name: 'the bytes of all tokens are the text',
      needs: { options: ['logprobs'], tokenBytes: true },
      run: async (kit) => {
        const { tokens, text } = await kit.read(kit.request({ logprobs: 0 }));
        const whole = text.trimStart().replace(/\uFFFD+$/, '');
        const spelled = textOf(tokens).trimStart();
        check(
          spelled.startsWith(whole),
          () => `the tokens spell ${JSON.stringify(spelled)}, the text is ${JSON.stringify(whole)}`,
        );
      },
    },
    {
      name: 'the prompt’s tokens come first, in one event',
      needs: { options: ['promptLogprobs'] },
      run: async (kit) => {
        const { events } = await kit.read(kit.request({ promptLogprobs: 0 }));
        const places = events.flatMap(({ type }, index) => (type === 'prompt' ? [index] : []));
        checkEqual(places, [0], 'places of the prompt events');
        const [first] = events;
        const tokens = first?.type === 'prompt' ? first.tokens : [];
        check(tokens.length > 0, 'the prompt has no tokens');
        checkTokens(kit, tokens, 0, 'the prompt');
        for (const { logprob } of tokens.slice(1)) checkLogprob(logprob, 'a token of the prompt');
      },
    },
  ],
};
