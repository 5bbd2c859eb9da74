/** For this repository's tests only. */
export { type ExportedModel, exportShared } from './open-shared-model';
export { useSoftwareVulkan } from './software-vulkan';
