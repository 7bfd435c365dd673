import { useSession } from '../../state/session.ts';
import { readCircuit } from '../../state/simulator/read-circuit.ts';
import { useStore } from '../../state/store.ts';
import type { SimulatedCurve } from '../../workers/simulator-tasks.ts';
import { CircuitDrawing } from './CircuitDrawing.tsx';

/** The circuit at the cursor of the plot. */
export function CircuitSection({ curve }: { readonly curve: SimulatedCurve }) {
  const session = useSession();
  const row = useStore(session.simulator.cursor, (state) => state);
  const rows = curve.simulation.columns['voltage_V']?.length ?? 0;
  if (rows === 0) return null;
  return (
    <section className="sec circuit-box" aria-label="Circuit">
      <CircuitDrawing reading={readCircuit(curve, Math.min(row ?? 0, rows - 1))} />
    </section>
  );
}
