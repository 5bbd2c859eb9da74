import { NextTokenError } from '@nexttoken/model';
import type { Architecture } from './architecture';
import type { ArchitectureDescription, StoredShapes } from './architecture-description';

/**
 * Compares what is stored with what the architecture needs.
 * @param path the file or folder, for errors
 * @throws NextTokenError `missing-tensor`; `tensor-shape`; `invalid-config` when the vocabulary is not the
 * embedding's, or when a stored tensor has no place in the architecture (it would silently be left out)
 */
export function checkTensors(
  description: ArchitectureDescription,
  architecture: Architecture,
  tensors: StoredShapes,
  path: string,
): void {
  const used = new Set<string>();
  for (const { name, shape } of description.requiredTensors(architecture)) {
    const stored = tensors.get(name);
    if (!stored) {
      const message = `${path}: ${architecture.family} needs the tensor ${name}, which is not there`;
      throw new NextTokenError('missing-tensor', message, { path, tensor: name });
    }
    used.add(name);
    if (name === description.embedding && stored.shape[0] !== shape[0]) {
      const rows = stored.shape[0] ?? 0;
      const message = `${path}: the vocabulary has ${shape[0]} tokens, but ${name} has ${rows} rows`;
      throw new NextTokenError('invalid-config', message, {
        path,
        field: 'vocab_size',
        value: shape[0],
        expected: rows,
        tensor: name,
      });
    }
    if (stored.shape.length !== shape.length || stored.shape.some((size, i) => size !== shape[i])) {
      const message = `${path}: ${name} must have the shape [${shape}], but has [${stored.shape}]`;
      throw new NextTokenError('tensor-shape', message, {
        path,
        tensor: name,
        expected: shape,
        actual: stored.shape,
      });
    }
  }
  for (const name of tensors.keys()) {
    if (used.has(name) || description.isSpare(name, architecture)) continue;
    throw noPlace(architecture, name, path);
  }
}

/** The error for a stored tensor that the architecture would silently leave out. */
export function noPlace(architecture: Architecture, tensor: string, path: string): NextTokenError {
  const message = `${path}: ${architecture.family} with this config has no place for the tensor ${tensor}`;
  return new NextTokenError('invalid-config', message, { path, field: tensor, tensor });
}
