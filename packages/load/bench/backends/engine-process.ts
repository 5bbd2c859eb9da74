import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createOnnxNodeModel } from '@nexttoken/backend-onnx-node';
import type { Continuation, EngineFiles } from './engine';
import { ourContinuation } from './our-continuation';
import { measureOverhead } from './overhead';
import type { ProcessCall } from './process-engine';
import { transformersContinuation } from './transformers-continuation';

/** One engine on Node's cpu or webgpu, driven by the process that started this one. */
let continuation: Continuation | undefined;

async function opened(files: EngineFiles): Promise<string> {
  const { place, contextLength, vocabSize, device, threads } = files;
  if (files.engine === 'ours') {
    const model = await createOnnxNodeModel({
      modelId: place,
      graph: await readFile(join(place, 'graph.onnx')),
      weightsFolder: place,
      contextLength,
      vocabSize,
      dtype: basename(place),
      device,
      threads,
    });
    continuation = ourContinuation(model);
    const { provider, runtimeVersion, chunkLength } = model.describe();
    return `onnxruntime-node ${runtimeVersion} ${provider}, chunks of ${chunkLength}, in a worker`;
  }
  const library = await import('@huggingface/transformers');
  library.env.allowRemoteModels = false;
  library.env.localModelPath = dirname(place);
  const model = await library.AutoModelForCausalLM.from_pretrained(basename(place), {
    dtype: 'fp32',
    device: device as 'cpu',
    use_external_data_format: true,
    ...(threads === undefined ? {} : { session_options: { intraOpNumThreads: threads } }),
  });
  continuation = transformersContinuation(library, model);
  const runtime = library.env.backends.onnx as { readonly versions?: { readonly node?: string } };
  return `transformers.js ${library.env.version}, onnxruntime-node ${runtime.versions?.node} ${device}`;
}

function answer(request: ProcessCall): unknown {
  switch (request.method) {
    case 'open':
      return opened(request.input);
    case 'prefill':
      return continuation!.prefill(request.input);
    case 'decode':
      return continuation!.decode(request.input);
    case 'peak':
      return process.resourceUsage().maxRSS / 1000;
    case 'cpu':
      return (process.cpuUsage().user + process.cpuUsage().system) / 1000;
    case 'overhead':
      return measureOverhead(request.input);
  }
}

process.on('message', (request: ProcessCall) => {
  Promise.resolve(answer(request)).then(
    (value) => process.send!({ value }),
    (error: Error) => process.send!({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
