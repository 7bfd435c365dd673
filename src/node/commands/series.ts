import { writeCsv } from '../../exporters/csv.ts';
import { buildTable } from '../../exporters/table.ts';
import type { Column } from '../../model/curve.ts';
import type { Measurement } from '../../model/measurement.ts';
import type { SimulateRecord } from '../../pipeline/record.types.ts';
import { simulateRecord } from '../../pipeline/records.ts';
import type { SimulationOutcome } from '../../pipeline/simulate.ts';
import { runSeriesInTurns, SERIES, type SeriesSimulator } from '../../pipeline/simulate-series.ts';
import { buildSpectra, readPlaces } from '../../pipeline/simulated-spectra.ts';
import { type OptionSpec, type ParsedArgs, UsageError } from '../args.ts';
import { readSetOption } from '../batch-session.ts';
import type { Terminal } from '../terminal.ts';

/** What `simulate` prints: one object, and its table. */
export interface Simulated {
  readonly record: SimulateRecord;
  readonly csv: () => string;
}

const PLACEHOLDERS: Readonly<
  Record<SeriesSimulator['id'], readonly [option: string, placeholder: string, help: string]>
> = {
  endurance: ['endurance', 'N', 'N cycles of a SET and a RESET pulse, both states read after each'],
  retention: ['retention', 'T1:T2:PER_DECADE', 'both states at rest, read at these times after the pulse'],
  'pulse-width': ['pulse-widths', 'W1,W2,...', 'pulses of several widths on devices drawn anew'],
  'frequency-response': ['frequencies', 'F1:F2:N', 'amplitude of the light at square waves of N frequencies'],
};

export const SERIES_OPTIONS: readonly OptionSpec[] = SERIES.all.map(({ id }) => {
  const [name, placeholder, help] = PLACEHOLDERS[id];
  return { name, kind: 'value', placeholder, help };
});

/** The series that is asked for, with its words. */
export function findSeries(
  args: ParsedArgs,
): { readonly series: SeriesSimulator; readonly text: string } | null {
  for (const series of SERIES.all) {
    const text = args.values.get(PLACEHOLDERS[series.id][0]);
    if (text !== undefined) return { series, text };
  }
  return null;
}

/** @throws UsageError where the model is not that of the series, or a value cannot be used */
export async function runSeriesRecord(args: ParsedArgs, terminal: Terminal): Promise<Simulated> {
  const { series, text } = findSeries(args)!;
  const option = PLACEHOLDERS[series.id][0];
  if (args.positionals[0] !== series.model)
    throw new UsageError(`--${option} tests a ${series.model}; '${args.positionals[0]}' was given.`);
  const other = ['against', 'spectra', 'sizes'].find((name) => args.values.has(name));
  if (other !== undefined || args.lists.has('vary'))
    throw new UsageError(`--${option} and --${other ?? 'vary'} exclude each other.`);
  const tell = showShare(terminal, series.label);
  const outcome = await runSeriesInTurns(
    {
      series: series.id,
      abscissa: text,
      parameters: readSetOption(args),
      cancelled: () => terminal.cancel.aborted,
    },
    terminal.now,
    async (share) => {
      tell(share);
      await new Promise((resolve) => setImmediate(resolve));
    },
  );
  if (terminal.isInteractive) terminal.err('\r\x1b[K');
  if (!outcome.ok && !terminal.cancel.aborted) {
    const [issue] = outcome.issues;
    throw new UsageError(issue.message, issue.hint);
  }
  if (!outcome.ok) return { record: NOTHING, csv: () => '' };
  const { simulation, measurement } = outcome.value;
  return {
    record: { ...simulateRecord(simulation, null), series: series.id },
    csv: () => writeMeasurement(measurement),
  };
}

/** Percent on a terminal, a line per quarter otherwise. */
function showShare(terminal: Terminal, label: string): (share: number) => void {
  let told = 0;
  return (share) => {
    if (terminal.isInteractive) terminal.err(`\r\x1b[K${label}, ${Math.floor(100 * share)} %`);
    const quarter = Math.floor(4 * share);
    if (!terminal.isInteractive && quarter > told) terminal.err(`${label}, ${25 * quarter} % done\n`);
    told = quarter;
  };
}

const NOTHING: SimulateRecord = {
  model: '',
  parameters: {},
  columns: {},
  events: [],
  derived: {},
  comparison: null,
};

/** `--spectra` of a simulation. @throws UsageError */
export function readSpectra(simulation: SimulationOutcome['simulation'], text: string): Simulated {
  const places = readPlaces(text);
  if (!places.ok) throw new UsageError(places.issues[0].message, places.issues[0].hint);
  const built = buildSpectra(simulation, places.value);
  if (!built.ok) throw new UsageError(built.issues[0].message, built.issues[0].hint);
  const { measurement, spectra } = built.value;
  const columns = Object.fromEntries(
    measurement.curve.columns.map(({ label, role, data }) => [
      role === 'wavelength' ? 'wavelength_m' : label,
      Array.from(data),
    ]),
  );
  return {
    record: {
      ...simulateRecord(simulation, null),
      columns,
      spectra: spectra.spectra.map(({ place, light_W }) => ({ ...place, light_W })),
    },
    csv: () => writeMeasurement(measurement),
  };
}

/** Headers as a lab writes them, which every importer of tables reads; wavelengths in nm. */
function writeMeasurement({ curve, title }: Measurement): string {
  const rows = Array.from({ length: curve.length }, (_, row) => row);
  const head = ({ label, role, unit }: Column): string =>
    role === 'wavelength' ? `${label} (nm)` : unit === '1' || unit === 'arb' ? label : `${label} (${unit})`;
  const factorOf = ({ role }: Column): number => (role === 'wavelength' ? 1e9 : 1);
  return writeCsv(
    buildTable(
      title,
      rows,
      curve.columns.map((column) => ({
        header: head(column),
        type: 'number',
        read: (row) => column.data[row]! * factorOf(column),
      })),
    ),
  );
}
