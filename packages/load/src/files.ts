export { exportModel } from './export/export-model';
export type {
  ExportDtype,
  ExportedModel,
  ExportModelOptions,
  ExportProgress,
} from './export/export-types';
export {
  type LoadedModuleTree,
  type LoadModuleTreeOptions,
  loadModuleTree,
} from './module-tree/load-module-tree';
