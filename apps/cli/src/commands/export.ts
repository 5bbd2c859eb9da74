import {
  type ExportDtype,
  type ExportedModel,
  type ExportProgress,
  exportModel,
} from '@nexttoken/load/files';
import { invalidParameter } from '@nexttoken/model';
import { modelName } from '../model/with-model';
import { formatBytes } from '../output/format-bytes';
import { escapeControls, safeJson } from '../terminal/escape-controls';
import type { Command } from './command';

export const exportCommand: Command = {
  name: 'export',
  summary: 'write a model as ONNX or safetensors, for other libraries',
  usage: '--out PATH [flags]',
  remarks: [
    'onnx: --dtype fp32 (default), fp16, q8, q4; for transformers.js and onnxruntime-genai',
    'safetensors: --dtype fp16 (default), fp32, bf16; for everything of Hugging Face',
    'The folder comes into being as a whole; Ctrl-C leaves nothing behind.',
  ].join('\n'),
  flags: ['model', 'format', 'dtype', 'precision', 'out', 'overwrite', 'offline', 'json'],
  prepare(args, terminal) {
    const out = args.text('out');
    if (out === undefined || out === '')
      throw invalidParameter('nexttoken', '--out', 'nothing', 'the new folder');
    if (args.words.length > 0)
      throw invalidParameter('nexttoken', 'export', args.words[0], 'flags only: --model NAME');
    const format = oneOf('--format', args.text('format') ?? 'onnx', ['onnx', 'safetensors']);
    const dtypes = format === 'onnx' ? ['fp32', 'fp16', 'q8', 'q4'] : ['fp16', 'fp32', 'bf16'];
    const dtype = oneOf('--dtype', args.text('dtype') ?? dtypes[0]!, dtypes) as ExportDtype;
    const given = args.text('precision');
    const precision = given === undefined ? undefined : oneOf('--precision', given, ['exact', 'fast']);
    if (precision && format !== 'onnx')
      throw invalidParameter('nexttoken', '--precision', precision, 'given for onnx only');
    return async () => {
      const exported = await exportModel(modelName(args), out, {
        format,
        dtype,
        precision,
        overwrite: args.has('overwrite'),
        offline: args.has('offline') ? true : undefined,
        signal: terminal.signal,
        onProgress: (progress) => terminal.progress(progressLine(progress)),
      });
      terminal.progress('');
      terminal.print(args.has('json') ? `${safeJson(exported)}\n` : escapeControls(report(exported)));
    };
  },
};

function oneOf<Name extends string>(flag: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found === undefined) throw invalidParameter('nexttoken', flag, value, names.join(', '));
  return found;
}

function progressLine({ stage, done, total }: ExportProgress): string {
  const what = stage === 'download' ? 'downloading' : 'writing the weights';
  return total > 0 ? `${what}: ${formatBytes(done)} of ${formatBytes(total)}` : what;
}

function report({ folder, files, graph, missing }: ExportedModel): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  const matrices = Object.entries(graph?.matrices ?? {}).map(([format, count]) => `${count} × ${format}`);
  return [
    folder,
    ...files.map(({ path, bytes }) => `  ${path.padEnd(width)}  ${formatBytes(bytes).padStart(9)}`),
    ...(graph ? [`attention: ${graph.layout}; matrices: ${matrices.join(', ')}`] : []),
    ...(missing.length > 0 ? [`the model has no ${missing.join(', ')}; others may need it`] : []),
    '',
  ].join('\n');
}
