import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findBrowser, openBrowser } from '@nexttoken/backend-onnx-web/testing';

const root = '/work/main/packages/inspector-elements/';
const { makeGalleryData } = await import(root + 'src/testing/gallery-data.ts');
const { serveGallery } = await import(root + 'src/testing/serve-gallery.ts');
const cache = '/tmp/work/el-gallery.json';
if (!existsSync(cache) || process.argv.includes('--fresh'))
  writeFileSync(cache, JSON.stringify(await makeGalleryData()));
const only = process.argv[2]!;
const width = Number(process.argv[3] ?? 1200);
const theme = (process.argv[4] ?? 'light') as any;
const served = await serveGallery(readFileSync(cache, 'utf8'));
const browser = await openBrowser(findBrowser()!);
const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme });
page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
page.on('console', (m) => console.log(m.type(), m.text()));
await page.goto(served.url + '?only=' + only);
await page.waitForSelector('body[data-ready]', { timeout: 60000 });
await page.waitForTimeout(300);
if (process.argv[5] && !process.argv[5].startsWith('--')) {
  console.log(JSON.stringify(await page.evaluate(process.argv[5]), null, 1));
  await page.waitForTimeout(300);
}
await page.screenshot({ path: '/tmp/work/el.png', fullPage: true });
await browser.close();
await served.server.close();
