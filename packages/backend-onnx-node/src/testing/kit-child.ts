import { endInTheMiddle } from '@nexttoken/backend-testkit/node';
import type { OnnxNodeModelOptions } from '../index';
import { createOnnxNodeModel } from '../index';

// Started by the kit's suite `exit`: an ending, then the options of the model as JSON.
const options = JSON.parse(process.argv[3]!) as OnnxNodeModelOptions;
await endInTheMiddle(await createOnnxNodeModel(options));
