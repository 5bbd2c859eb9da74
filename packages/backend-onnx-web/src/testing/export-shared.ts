import type { Checkpoint } from '@nexttoken/checkpoint';
import { openCheckpointPath } from '@nexttoken/checkpoint/node';
import { sharedPath } from '@nexttoken/goldens';
import { type ExportOptions, exportDecoder } from '@nexttoken/onnx-export';

/**
 * A shared checkpoint as the files that a page fetches.
 * @param layers how many of its layers; default all
 */
export async function exportShared(
  name: string,
  path: string,
  layers?: number,
  options: ExportOptions = {},
): Promise<[path: string, bytes: Uint8Array][]> {
  const checkpoint = await openCheckpointPath(sharedPath(path));
  const architecture = {
    ...checkpoint.architecture,
    ...(layers === undefined ? {} : { layerCount: layers }),
  };
  const source = Object.create(checkpoint, { architecture: { value: architecture } }) as Checkpoint;
  const { graph, weights } = exportDecoder(source, options);
  const data = new Uint8Array(weights.byteLength);
  await weights.write(async (chunk, offset) => data.set(chunk, offset));
  await checkpoint.close();
  return [
    [`/${name}/graph.onnx`, graph],
    [`/${name}/weights.bin`, data],
  ];
}
