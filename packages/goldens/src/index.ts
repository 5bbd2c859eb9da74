export { type GoldenArray, goldenFloats, goldenIds } from './golden-array';
export { hasShared, readGolden, sharedFolder, sharedPath } from './shared-folder';
