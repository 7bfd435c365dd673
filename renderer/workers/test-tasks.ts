import { fail, type Result, succeed } from '../../src/base/result.ts';
import { deviceId, measurementId } from '../../src/model/ids.ts';
import type { Conditions } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import { runJob } from '../../src/pipeline/job.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { runSimulation } from '../../src/pipeline/simulate.ts';
import { runSeries, type SeriesRequest } from '../../src/pipeline/simulate-series.ts';

/** A test of a simulated device: a series, or the read margin of an array of it. */
export interface TestTask {
  readonly type: 'test';
  readonly test: SeriesRequest['series'] | 'crossbar';
  readonly abscissa: string;
  readonly parameters: Readonly<Record<string, number | string | null>>;
  readonly conditions: Conditions;
}

/** The table as if it had been measured, and what the analyses read off it. */
export interface TestedDevice {
  readonly outcome: MeasurementOutcome;
  readonly milliseconds: number;
}

/** Read margin against the number of lines as a measurement, so that it is drawn like one. */
function toMarginTable(columns: Readonly<Record<string, Float64Array>>): Measurement {
  const title = 'Crossbar read margin';
  const data = (name: string) => columns[name] ?? new Float64Array();
  return {
    id: measurementId(title, 0),
    kind: 'series',
    title,
    curve: {
      length: data('size').length,
      columns: [
        { role: 'other', label: 'Lines each way', unit: '1', data: data('size') },
        { role: 'other', label: 'Read margin', unit: '1', data: data('readMargin') },
        { role: 'current', label: 'Sneak current', unit: 'A', data: data('sneakCurrent_A') },
      ],
      flags: new Uint8Array(data('size').length),
    },
    branches: [],
    deviceId: deviceId(title),
    conditions: {},
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: { file: title, sha256: '', format: 'simulation:crossbar', formatVersion: 1, encoding: '' },
    metadata: {},
  };
}

function makeTable(task: TestTask): Result<Measurement> {
  const { test, abscissa, parameters } = task;
  if (test === 'crossbar') {
    const ran = runSimulation({ model: 'crossbar', parameters });
    return ran.ok ? succeed(toMarginTable(ran.value.simulation.columns)) : ran;
  }
  const ran = runSeries({ series: test, abscissa, parameters });
  return ran.ok ? succeed(ran.value.measurement) : ran;
}

export function testTask(task: TestTask): Result<TestedDevice> {
  const start = performance.now();
  const table = makeTable(task);
  const milliseconds = performance.now() - start;
  if (!table.ok) return table;
  const measurement = table.value;
  if (task.test === 'crossbar') {
    const outcome = { measurement, recipe: 'auto', results: [], conditioned: null };
    return succeed({ outcome, milliseconds });
  }
  const analysed = runJob({
    type: 'analyse',
    measurement,
    siblings: [],
    recipe: 'auto',
    conditions: task.conditions,
    windows: [],
  });
  if (!analysed.ok) return fail(...analysed.issues);
  return succeed({ outcome: analysed.value.outcomes[0]!, milliseconds });
}
