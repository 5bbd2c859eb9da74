/** The weights and what belongs beside them. */
const wanted = /\.(safetensors|gguf|onnx|onnx_data(_\d+)?|json|jinja)$/i;
const isWeights = /\.(safetensors|gguf|onnx)$/i;

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  // A reader hands over a part of a folder at a time, and nothing at its end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return found;
    for (const inner of entries) if (inner.isFile) found.push(...(await filesOf(inner)));
  }
}

/** The files of a drop, of a dropped folder those that lie in it. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<File[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

/** Files as a model with a name for people; `undefined` where there are no weights among them. */
export function droppedModel(
  files: readonly File[],
): { readonly name: string; readonly files: readonly File[] } | undefined {
  const own = files.filter(({ name }) => wanted.test(name));
  const weights = own.find(({ name }) => isWeights.test(name));
  if (!weights) return undefined;
  // A GGUF file is the model, whatever lies beside it.
  if (/\.gguf$/i.test(weights.name)) return { name: weights.name, files: own };
  const folder = weights.webkitRelativePath.split('/').at(-2);
  return { name: folder ?? weights.name, files: own };
}
