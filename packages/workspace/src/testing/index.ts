export { bundleSource } from './bundle-source';
export { importMap } from './import-map';
export { installPacked } from './install-packed';
export { packPackages } from './pack-packages';
export { type PublishedPackage, publishedPackages, root } from './published-packages';
export { serveFolder } from './serve-folder';
