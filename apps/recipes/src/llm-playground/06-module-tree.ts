import { moduleRows, renderModuleRows } from '@nexttoken/inspector';
import { loadModuleTree } from '@nexttoken/load/files';

// 2.2 and 2.3: the layers of the model, as printing it shows them. With the real GPT-2: loadModuleTree('openai-community/gpt2').
const { tree } = await loadModuleTree('tales');
console.log(renderModuleRows(moduleRows(tree.root, { fold: true }), { width: 100 }));
