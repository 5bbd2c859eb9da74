/** How many strengths are told apart in a drawing. */
const groupCount = 16;

interface WeightGroup {
  /** Of all of the group, in (0, 1]. */
  readonly weight: number;
  /** One path for all. */
  readonly path: string;
}

/**
 * Marks of a drawing as few paths, one a strength, the weakest first: a text of a hundred tokens has thousands of
 * marks, and each element of a page costs its time.
 * @param marks their weight in [0, 1], and their own path
 */
export function weightGroups(marks: Iterable<readonly [weight: number, path: string]>): WeightGroup[] {
  const paths: string[] = Array.from({ length: groupCount }, () => '');
  for (const [weight, path] of marks) {
    const group = Math.min(groupCount - 1, Math.floor(weight * groupCount));
    paths[group] += path;
  }
  return paths.flatMap((path, group) => (path === '' ? [] : [{ weight: (group + 0.5) / groupCount, path }]));
}
