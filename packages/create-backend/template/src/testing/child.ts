import { endInTheMiddle } from '@nexttoken/backend-testkit/node';
import { createModel } from '../create-model.js';

// Started by the kit's suite `exit`: a process that ends while the model computes.
await endInTheMiddle(await createModel());
