import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import type { History } from './history.ts';
import { keepOutcome } from './results.ts';
import type { Session } from './session.ts';
import { inputKey } from './workspace.ts';

const EVERY_MS = 120;

interface Arrival {
  readonly change: (history: History) => History;
  readonly outcomes: readonly MeasurementOutcome[];
}

/** Files of a large folder land many a second; the window is told a few times a second, of all that came since. */
export class Landing {
  private readonly session: Session;
  private waiting: Arrival[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(session: Session) {
    this.session = session;
  }

  add(arrival: Arrival): void {
    this.waiting.push(arrival);
    this.timer ??= setTimeout(() => this.flush(), EVERY_MS);
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const arrived = this.waiting;
    this.waiting = [];
    if (arrived.length === 0) return;
    const { session } = this;
    session.history.set((history) => arrived.reduce((now, { change }) => change(now), history));
    const { workspace } = session;
    session.results.set((results) =>
      arrived
        .flatMap(({ outcomes }) => outcomes)
        .reduce(
          (now, outcome) => keepOutcome(now, inputKey(workspace, outcome.measurement.id), outcome),
          results,
        ),
    );
    if (session.view.get().selected === null) session.setView({ selected: workspace.order[0] ?? null });
  }
}
