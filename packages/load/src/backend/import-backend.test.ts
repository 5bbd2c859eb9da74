import { describe, expect, it } from 'vitest';
import { rejection } from '../testing/rejection';
import { importBackend } from './import-backend';

const failing = (message: string) => () => Promise.reject(new Error(message));

describe('importBackend', () => {
  it('gives the module', async () => {
    expect(await importBackend(async () => 'module', ['a'])).toBe('module');
  });

  it.each([
    [
      "Cannot find package '@nexttoken/backend-onnx-node' imported from /x/load.js",
      '@nexttoken/backend-onnx-node',
    ],
    ["Cannot find package 'onnxruntime-node' imported from /x/index.js", 'onnxruntime-node'],
    [
      'Could not resolve "@nexttoken/backend-onnx-web" imported by "@nexttoken/load".',
      '@nexttoken/backend-onnx-web',
    ],
  ])('%s: names the package and the command', async (message, name) => {
    const error = await rejection(importBackend(failing(message), ['a', 'b']));
    expect(error).toMatchObject({
      code: 'backend-missing',
      details: { package: name, install: 'npm install a b' },
    });
    expect(error.message).toContain(name);
  });

  it('really does so for a package that is not there', async () => {
    const name = 'nexttoken-no-such-package';
    const error = await rejection(importBackend(() => import(/* @vite-ignore */ name), [name]));
    expect(error).toMatchObject({ code: 'backend-missing', details: { package: name } });
  });

  it.each(["Cannot find module '/x/dist/index.js' imported from /x/y.js", 'something else'])(
    'passes on: %s',
    async (message) => {
      await expect(importBackend(failing(message), ['a'])).rejects.toThrow(message);
    },
  );
});
