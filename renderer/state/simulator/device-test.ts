import type { Result } from '../../../src/base/result.ts';
import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import { CROSSBAR, SERIES, type SimulatorParameter } from '../../../src/pipeline/list-simulators.ts';
import { SimulatorWorker } from '../../workers/simulator-client.ts';
import type { TestedDevice, TestTask } from '../../workers/simulator-tasks.ts';
import type { Session } from '../session.ts';
import { createStore, type Store } from '../store.ts';
import { parametersOf, readValue } from './edit-setup.ts';
import { conditionsFor, type Scene } from './simulation-view.ts';

export type TestId = TestTask['test'];

/** A test of the simulated device whose answer is a table, not a trace. */
export interface TestChoice {
  readonly id: TestId;
  readonly label: string;
  /** How the abscissa is written; null where it has none. */
  readonly syntax: string | null;
  readonly start: string;
  readonly parameters: readonly SimulatorParameter[];
}

export interface TestForm {
  readonly id: TestId;
  readonly abscissa: string;
  readonly values: Readonly<Record<string, number | null>>;
}

const STARTS: Readonly<Record<string, string>> = {
  endurance: '1000',
  retention: '1:1e5:4',
  'pulse-width': '0.5us,1us,2us,3us,4us,6us',
  'frequency-response': '100:1M:25',
};
const MEMORIES = ['resistive-memory', 'light-emitting-memory'];
/** Of the crossbar; what the device has comes from its own parameters. */
const CROSSBAR_OWN = [
  'size',
  'readVoltage',
  'wireResistance',
  'selectorThreshold',
  'selectorOffResistance',
  'selectorOnResistance',
];

/** Tests that the model of a setup can stand. */
export function testsFor(setup: SimulatorSetup): readonly TestChoice[] {
  const series = SERIES.all
    .filter((one) => one.model === setup.model)
    .map(({ id, label, syntax, parameters }) => ({
      id,
      label,
      syntax,
      start: STARTS[id] ?? '',
      parameters,
    }));
  const crossbar: TestChoice = {
    id: 'crossbar',
    label: CROSSBAR.label,
    syntax: null,
    start: '',
    parameters: CROSSBAR.parameters.filter(({ id }) => CROSSBAR_OWN.includes(id)),
  };
  return MEMORIES.includes(setup.model) ? [...series, crossbar] : series;
}

export function startTest(choice: TestChoice): TestForm {
  return { id: choice.id, abscissa: choice.start, values: {} };
}

/** Resistances of the device at a small voltage, where an array is read. */
function crossbarParameters(setup: SimulatorSetup): Readonly<Record<string, number | null>> {
  return {
    lowResistance: readValue(setup, 'lowResistance'),
    highResistance: readValue(setup, 'highResistance'),
  };
}

/** What the worker is asked. */
export function testTaskOf(scene: Scene, form: TestForm): TestTask {
  const device = form.id === 'crossbar' ? crossbarParameters(scene.setup) : parametersOf(scene.setup);
  return {
    type: 'test',
    test: form.id,
    abscissa: form.abscissa,
    parameters: { ...device, ...form.values },
    conditions: conditionsFor(scene),
  };
}

export interface DeviceTest {
  readonly key: string;
  readonly label: string;
  readonly tested: TestedDevice;
}

/** Runs a test of the device in a worker; Stop ends it. */
export class DeviceTestRun {
  readonly form: Store<TestForm | null> = createStore<TestForm | null>(null);
  readonly running: Store<string | null> = createStore<string | null>(null);
  readonly result: Store<DeviceTest | null> = createStore<DeviceTest | null>(null);
  /** Why the last one was not made. */
  readonly fault: Store<string | null> = createStore<string | null>(null);
  private readonly worker = new SimulatorWorker();
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  async start(scene: Scene, form: TestForm, label: string): Promise<void> {
    if (this.running.get()) return;
    this.fault.set(null);
    this.running.set(label);
    const answer: Result<TestedDevice> = await this.worker.run(testTaskOf(scene, form), null);
    this.running.set(null);
    if (answer.ok) {
      this.result.set({ key: scene.key, label, tested: answer.value });
      this.session.simulator.shown.set('test');
    } else if (answer.issues[0].code !== 'CANCELLED') this.fault.set(answer.issues[0].message);
  }

  stop(): boolean {
    if (!this.running.get()) return false;
    this.worker.stop();
    return true;
  }
}
