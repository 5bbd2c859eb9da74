import type { Suite } from '../kit/suite';
import { abortSuite } from './abort';
import { attentionSuite } from './attention';
import { cacheSuite } from './cache';
import { capabilitiesSuite } from './capabilities';
import { concurrencySuite } from './concurrency';
import { describeSuite } from './describe';
import { determinismSuite } from './determinism';
import { disposalSuite } from './disposal';
import { errorsSuite } from './errors';
import { exitSuite } from './exit';
import { forkSuite } from './fork';
import { forwardSuite } from './forward';
import { hiddenStatesSuite } from './hidden-states';
import { ownershipSuite } from './ownership';
import { raggedSuite } from './ragged';
import { randomWalkSuite } from './random-walk';
import { referenceSuite } from './reference';
import { refusalSuite } from './refusal';
import { selectSuite } from './select';
import { sharedPastSuite } from './shared-past';
import { topLogitsSuite } from './top-logits';
import { truncateSuite } from './truncate';

/** All suites, from what the others rest on to what rests on all. */
export const suites: readonly Suite[] = [
  capabilitiesSuite,
  describeSuite,
  forwardSuite,
  referenceSuite,
  determinismSuite,
  cacheSuite,
  truncateSuite,
  raggedSuite,
  selectSuite,
  forkSuite,
  sharedPastSuite,
  hiddenStatesSuite,
  attentionSuite,
  topLogitsSuite,
  concurrencySuite,
  ownershipSuite,
  errorsSuite,
  refusalSuite,
  abortSuite,
  disposalSuite,
  exitSuite,
  randomWalkSuite,
];
