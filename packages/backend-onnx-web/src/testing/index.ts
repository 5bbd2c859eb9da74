/** For this repository's tests only: a browser to run pages in, and models in its pages. */
export { default as bringBrowser } from './bring-browser';
export { findBrowser } from './find-browser';
export { openBrowser } from './open-browser';
export { openPageModel, type PageModel, type PageModelOptions } from './page-model';
export { servePage } from './serve-page';
