import { endInTheMiddle } from '../../node/end-in-the-middle';
import { createReferenceModel } from '../create-reference-model';

// Started by `childProcess`, with an ending as its first argument.
await endInTheMiddle(createReferenceModel());
