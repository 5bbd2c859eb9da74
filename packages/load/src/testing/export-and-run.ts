import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type ExportDtype, exportModel } from '../files';
import { largeConfig } from './large-checkpoint';

// A process of its own, so that its memory can be measured: exports a checkpoint and runs one step in onnxruntime-node.
// Arguments: the checkpoint's folder, the new folder, the dtype, the id. Prints one JSON object.
const [source = '', target = '', dtype = '', id = '0'] = process.argv.slice(2);
const peak = () => process.resourceUsage().maxRSS * 1024;

const begin = performance.now();
const { files } = await exportModel(source, target, { dtype: dtype as ExportDtype });
const built = { peak: peak(), seconds: (performance.now() - begin) / 1000 };
const graph = files.find(({ path }) => path.endsWith('.onnx'))!.path;

const session = await InferenceSession.create(join(target, graph), JSON.parse(process.env.SESSION ?? '{}'));
const opened = peak();
const ids = (values: readonly number[]) =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
const feeds: Record<string, Tensor> = {
  input_ids: ids([Number(id)]),
  attention_mask: ids([1]),
  position_ids: ids([0]),
};
const { num_key_value_heads: heads, hidden_size: width, num_attention_heads: queries } = largeConfig;
for (let layer = 0; layer < largeConfig.num_hidden_layers; layer++)
  for (const side of ['key', 'value'])
    feeds[`past_key_values.${layer}.${side}`] = new Tensor('float32', new Float32Array(0), [
      1,
      heads,
      0,
      width / queries,
    ]);
const { logits } = await session.run(feeds, ['logits']);
await session.release();
const output = files.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(
  JSON.stringify({
    built,
    opened,
    peak: peak(),
    output,
    logits: Array.from(logits!.data as Float32Array).slice(0, 500),
  }),
);
