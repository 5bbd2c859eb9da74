import type { StreamEvent, StreamFinishReason, StreamRequest, StreamToken } from '@nexttoken/model';
import type { ReferenceNetwork } from '../../reference-network';
import { ReferenceWriter } from '../reference-writer';
import { type BrokenStream, brokenEvents, brokenWriter } from './broken-stream';

type Tokens = readonly StreamToken[];

/** Changes the tokens of every delta. */
function brokenTokens(
  mistake: string,
  test: string,
  change: (tokens: Tokens) => Tokens,
  ...also: string[]
): BrokenStream {
  return brokenEvents(mistake, ['tokens', test, ...also], (event) =>
    event.type === 'delta' && event.tokens ? [{ ...event, tokens: change(event.tokens) }] : [event],
  );
}

/** Mistakes of events, tokens and limits. */
export const brokenWriting: readonly BrokenStream[] = [
  brokenEvents('the finish event holds no text', ['events', 'deltas, then one finish'], (event) => [
    event.type === 'finish' ? { ...event, text: '' } : event,
  ]),
  brokenEvents('the finish event comes twice', ['events', 'deltas, then one finish'], (event) =>
    event.type === 'finish' ? [event, event] : [event],
  ),
  brokenEvents(
    'the server’s word for the end is passed on',
    ['events', 'deltas, then one finish', 'limits', 'stops'],
    (event) => [event.type === 'finish' ? { ...event, reason: 'length' as StreamFinishReason } : event],
  ),
  brokenEvents(
    'usage is counted in characters',
    ['events', 'deltas, then one finish', 'tokens', 'limits'],
    (event) => [
      event.type === 'finish'
        ? { ...event, usage: { promptTokens: 4, newTokens: 50 + event.text.length } }
        : event,
    ],
  ),
  brokenEvents(
    'texts are cut between UTF-16 units',
    ['events', 'none ends within a character', 'abort'],
    (event): StreamEvent[] =>
      event.type === 'delta' && event.text !== ''
        ? event.text
            .split('')
            .map((text, i) => ({ ...event, text, ...(event.tokens && i && { tokens: [] }) }))
        : [event],
  ),
  brokenTokens('bytes spell the vocabulary’s own signs', 'the bytes of all tokens are the text', (tokens) =>
    tokens.map((token) => ({ ...token, bytes: new TextEncoder().encode(token.text.replaceAll(' ', 'Ġ')) })),
  ),
  brokenEvents('tokens that nobody asked for', ['tokens', 'absent where they are not asked for'], (event) => [
    event.type === 'delta' ? { ...event, tokens: event.tokens ?? [] } : event,
  ]),
  brokenTokens('probabilities instead of their logarithms', 'with its log-probability', (tokens) =>
    tokens.map((token) => ({ ...token, logprob: Math.exp(token.logprob!) })),
  ),
  brokenTokens('the chosen token is added to the candidates', 'as many candidates as asked for', (tokens) =>
    tokens.map((token) => ({
      ...token,
      candidates: [...token.candidates, { ...token, id: token.id! + 1000, logprob: -50 }],
    })),
  ),
  brokenTokens('the best candidate comes last', 'as many candidates as asked for', (tokens) =>
    tokens.map((token) => ({ ...token, candidates: token.candidates.toReversed() })),
  ),
  brokenTokens(
    'tokens lack their ids',
    'with its log-probability',
    (tokens) => tokens.map(({ id: _, ...token }) => token),
    'stops',
  ),
  brokenTokens('bytes are plain numbers', 'with its log-probability', (tokens) =>
    tokens.map((token) => ({ ...token, bytes: [...token.bytes!] as never })),
  ),
  brokenTokens(
    'candidates before, the chosen token after a temperature',
    'a token that is among its candidates',
    (tokens) => tokens.map((token) => ({ ...token, logprob: token.logprob! / 2 })),
  ),
  brokenEvents(
    'the prompt’s tokens come again at the end',
    ['tokens', 'the prompt’s tokens come first'],
    (event, request) =>
      event.type === 'finish' && request.promptLogprobs !== undefined
        ? [{ type: 'prompt', tokens: [] }, event]
        : [event],
  ),
  brokenWriter(
    'one token more than was allowed',
    ['limits', 'maxNewTokens is the most', 'events'],
    class extends ReferenceWriter {
      constructor(network: ReferenceNetwork, request: StreamRequest) {
        super(network, { ...request, maxNewTokens: (request.maxNewTokens ?? 99) + 1 });
      }
    },
  ),
  brokenEvents('a text that was cut looks finished', ['limits', 'a text that was cut says so'], (event) => [
    event.type === 'finish' && event.reason === 'max-new-tokens' ? { ...event, reason: 'end-token' } : event,
  ]),
  brokenWriter(
    'minNewTokens is ignored',
    ['limits', 'minNewTokens is the least'],
    class extends ReferenceWriter {
      protected override choose(): number {
        return this.count === 5 && this.request.minNewTokens !== undefined ? 0 : super.choose();
      }
    },
  ),
];
