import type { StreamSuite } from '../stream-kit/stream-suite';
import { eventsSuite } from './events';
import { limitsSuite } from './limits';
import { processorsSuite } from './processors';
import { secretsSuite } from './secrets';
import { stopsSuite } from './stops';
import { streamAbortSuite } from './stream-abort';
import { streamCapabilitiesSuite } from './stream-capabilities';
import { streamConcurrencySuite } from './stream-concurrency';
import { streamDeterminismSuite } from './stream-determinism';
import { streamDisposalSuite } from './stream-disposal';
import { streamRefusalSuite } from './stream-refusal';
import { tokensSuite } from './tokens';

/** All suites of stream models, from what the others rest on to what rests on all. */
export const streamSuites: readonly StreamSuite[] = [
  streamCapabilitiesSuite,
  eventsSuite,
  tokensSuite,
  limitsSuite,
  stopsSuite,
  streamDeterminismSuite,
  processorsSuite,
  streamRefusalSuite,
  secretsSuite,
  streamAbortSuite,
  streamConcurrencySuite,
  streamDisposalSuite,
];
