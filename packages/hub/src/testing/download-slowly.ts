import { downloadModel } from '../index';

// A process of its own for tests: downloads a model and tells when bytes come. Arguments: id, endpoint, cache folder.
const [id = '', endpoint = '', cacheFolder = ''] = process.argv.slice(2);
const { folder } = await downloadModel(id, {
  endpoint,
  cacheFolder,
  token: '',
  onProgress: ({ bytes }) => process.stdout.write(`${bytes}\n`),
});
process.stdout.write(`folder ${folder}\n`);
