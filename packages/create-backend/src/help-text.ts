export const helpText = `npm create @nexttoken/backend NAME

Makes a folder with a TypeScript package for a new nexttoken backend: a small, complete language model, the
conformance kit's test of it, and a README with the next steps.

  NAME        the package's name, e.g. my-backend or @me/my-backend; the folder is called like its last part

  --help, -h  this text

In a terminal a missing NAME is asked for. A folder that is there already is left alone, unless it is empty.
Exit code: 0, or 1 with the reason on stderr.`;
