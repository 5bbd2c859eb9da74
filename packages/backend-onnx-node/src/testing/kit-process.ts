import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { BackendTestOptions } from '@nexttoken/backend-testkit';
import { childProcess } from '@nexttoken/backend-testkit/node';
import type { OnnxNodeModelOptions } from '../index';
import type { ExportedModel } from './open-shared-model';

/** The kit's option `childProcess` for an exported model, which may be made later than the tests are defined. */
export function kitProcess(
  exported: () => ExportedModel,
  more: Partial<OnnxNodeModelOptions> = {},
): NonNullable<BackendTestOptions['childProcess']> {
  return (ending) => {
    const { options } = exported();
    const graph = join(options.weightsFolder!, 'graph.onnx');
    writeFileSync(graph, options.graph as Uint8Array);
    // A process of its own finds the loader of Vulkan beside the driver that this one uses.
    const driver = process.env.VK_ICD_FILENAMES;
    const places = [driver && dirname(driver), process.env.LD_LIBRARY_PATH].filter(Boolean);
    if (places.length > 0) process.env.LD_LIBRARY_PATH = places.join(delimiter);
    const run = childProcess(new URL('./kit-child.ts', import.meta.url), {
      nodeArguments: ['--import', 'tsx', '--conditions=@nexttoken/source'],
      scriptArguments: [JSON.stringify({ ...options, graph, ...more })],
    });
    return run(ending);
  };
}
