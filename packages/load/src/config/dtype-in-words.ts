import type { ExportedDecoder } from '@nexttoken/onnx-export';

/** What `describe()` says of a graph's weights; the precision where there is a choice. */
export function dtypeInWords({ dtype, precision }: ExportedDecoder['description']): string {
  return dtype === 'q4' || dtype === 'q8' ? `${dtype} ${precision}` : dtype;
}
