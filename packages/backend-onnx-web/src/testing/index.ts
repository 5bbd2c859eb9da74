/** For this repository's tests only: a browser to run pages in. */
export { findBrowser } from './find-browser';
export { openBrowser } from './open-browser';
