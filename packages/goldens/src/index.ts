export { type GoldenArray, goldenFloats, goldenIds } from './golden-array';
export { goldenIdRows, goldenRows } from './golden-rows';
export { hasShared, readGolden, readSharedJson, readSharedText, sharedPath } from './shared-folder';
