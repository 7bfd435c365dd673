import type { SampleFile, Truth } from './sample-file.ts';

/** README of the sample folder: origin, grammar and truth of every file, from the same records the test reads. */
export function writeReadme(files: readonly SampleFile[]): string {
  const data = files.filter((file) => !file.path.endsWith('.ivory.json'));
  const folders = [...new Set(data.map((file) => file.path.split('/')[0]!))];
  return [
    INTRODUCTION,
    ...folders.map((folder) =>
      describeFolder(
        folder,
        data.filter((file) => file.path.startsWith(`${folder}/`)),
      ),
    ),
    SETTINGS,
  ].join('\n');
}

function describeFolder(folder: string, files: readonly SampleFile[]): string {
  const instruments = [...new Set(files.map((file) => file.instrument))].join('; ');
  const entries = files.map((file) => {
    const name = file.path.slice(folder.length + 1);
    const truth = file.truths.map(describeTruth).join('; ');
    const answer =
      file.fails !== undefined ? `cannot be used: \`${file.fails}\`` : truth || 'no number is held';
    return `| \`${name}\` | ${file.content} | ${answer} |`;
  });
  return [
    `## ${folder}/`,
    '',
    `Written as by: ${instruments}.`,
    '',
    '| file | content | truth |',
    '|---|---|---|',
    ...entries,
    '',
  ].join('\n');
}

function describeTruth(truth: Truth): string {
  const leg = [truth.branch, truth.cycle === undefined ? null : `cycle ${truth.cycle}`]
    .filter((part) => part !== null)
    .join(', ');
  const place = leg === '' ? '' : ` (${leg})`;
  if (truth.value === null) return `\`${truth.quantity}\`${place}: not to be determined`;
  if (typeof truth.value === 'string') return `\`${truth.quantity}\`${place} ${truth.value}`;
  const unit = truth.unit === '1' ? '' : ` ${truth.unit}`;
  const value = Number(truth.value.toPrecision(6));
  const tolerance = Number(truth.tolerance.toPrecision(2));
  return `\`${truth.quantity}\`${place} ${value} ± ${tolerance}${unit}`;
}

const INTRODUCTION = `# Sample data

Every file here is synthetic: \`npm run sample-data\` writes them anew, byte for byte, from the simulators and the seeds in
\`scripts/sample-data/generate.ts\`. They follow the grammar of real instruments - header, padding, line ends, spelling of numbers,
statistics rows, ranges and converter steps - and hold no measured data. A test compares the committed files with the generator.

The truth of a file is what generated it: the parameters of its simulation or a number printed for the reference devices of the
methods (EX-n). It was never taken from an analysis by this program. \`truth.json\` holds all of it for machines: file, kind,
recipe, quantity, branch, cycle, convention, value, tolerance, unit, origin. A tolerance is the largest allowed difference. Where a
row says \`magnitude\`, signs are left out; \`index\` counts the records of one quantity on one branch.
`;

const SETTINGS = `## Settings of a folder

\`.ivory.json\` beside the data says what the files do not: any \`--set\` name at its top level, with units (\`"area": "0.785mm2"\`,
\`"thickness": "800+-40nm"\`); the same names for one device under \`devices\`, by its id; and what a channel carries under
\`channels\`, by its name in the file: \`{ "channels": { "CH1": "stimulus", "CH2": "light" } }\`. Scopes do not know that a channel is
light, so every folder of light pulses has such a line.
`;
