import type { SampleFile } from './sample-file.ts';

/** truth.json: a flat list of rows, and the files that must fail with a code. */
export function writeTruth(files: readonly SampleFile[]): string {
  const data = files.filter((file) => !file.path.endsWith('.ivory.json'));
  const rows = data.flatMap((file) =>
    file.truths.map((truth) => ({ file: file.path, kind: file.kind, ...truth })),
  );
  const failures = data
    .filter((file) => file.fails !== undefined)
    .map((file) => ({ file: file.path, code: file.fails }));
  const kinds = data
    .filter((file) => file.kind !== null)
    .map((file) => ({ file: file.path, kind: file.kind }));
  const lines = (list: readonly unknown[]): string =>
    list.map((each) => `    ${JSON.stringify(each, roundNumber)}`).join(',\n');
  return `{\n  "schema": 1,\n  "files": [\n${lines(kinds)}\n  ],\n  "failures": [\n${lines(failures)}\n  ],\n  "rows": [\n${lines(rows)}\n  ]\n}\n`;
}

/** Nine digits: engines differ in the last bits of exp and log, and the committed file must not. */
function roundNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
}
