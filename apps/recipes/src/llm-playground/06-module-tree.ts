import { type ModuleNode, moduleTree, renderModuleTree } from '@nexttoken/checkpoint';
import { moduleRows, renderModuleRows } from '@nexttoken/inspector';
import { loadModuleTree } from '@nexttoken/load/files';

// 2.2 and 2.3: the layers of GPT-2, from its config alone: no weight is read.
const config = {
  model_type: 'gpt2',
  n_layer: 12,
  n_head: 12,
  n_embd: 768,
  n_positions: 1024,
  vocab_size: 50257,
};
const gpt2 = moduleTree({ config }, { printedBy: 'transformers-4.57' });
const child = (node: ModuleNode, name: string) => node.children.find((other) => other.name === name)!;
const transformer = child(gpt2.root, 'transformer');
const block = child(child(transformer, 'h'), '0');
console.log(renderModuleTree({ ...gpt2, root: block }));

function print({ path, children }: ModuleNode): void {
  console.log(path.replace(/^transformer\.?/, ''));
  children.forEach(print);
}
print(transformer);

// The same of a model at hand, with shapes, numbers and bytes as they are stored.
const { tree } = await loadModuleTree('tales');
console.log(renderModuleRows(moduleRows(tree.root, { fold: true }), { width: 100 }));
