import { endInTheMiddle } from '@nexttoken/backend-testkit/node';
import type { OnnxNodeModelOptions } from '../index';
import { createOnnxNodeModel } from '../index';
import { useSoftwareVulkan } from './software-vulkan';

// Started by the kit's suite `exit`: an ending, then the options of the model as JSON.
const options = JSON.parse(process.argv[3]!) as OnnxNodeModelOptions;
if (options.device === 'webgpu') useSoftwareVulkan();
await endInTheMiddle(await createOnnxNodeModel(options));
