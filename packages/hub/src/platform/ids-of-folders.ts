/** The ids of the models whose folders these are (`models--organisation--name`); other names are left out. */
export function idsOfFolders(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const parts = /^models--([^-](?:(?!--).)*)--((?:(?!--).)+)$/.exec(name);
    return parts ? [`${parts[1]}/${parts[2]}`] : [];
  });
}
