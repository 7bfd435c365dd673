import { useEffect } from 'react';
import { openWithoutData } from '../../commands/simulator-verbs.ts';
import { Button } from '../../components/Button.tsx';
import { useSession } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { CircuitSection } from './CircuitSection.tsx';
import { ComparisonSection } from './ComparisonSection.tsx';
import { DriveSection } from './DriveSection.tsx';
import { FitLine } from './FitLine.tsx';
import { ModelSection } from './ModelSection.tsx';
import { ParametersSection } from './ParametersSection.tsx';
import { TestSection } from './TestSection.tsx';
import { useScene } from './use-scene.ts';
import { VarySection } from './VarySection.tsx';

/** A physical model over the measured curve, or alone: every move of a slider is simulated at once. */
export function SimulatorTab() {
  const session = useSession();
  const desk = session.simulator;
  const scene = useScene();
  const landed = useStore(desk.view, (state) => state);
  useEffect(() => {
    if (scene) desk.show(scene);
    else desk.leave();
  }, [desk, scene]);
  useEffect(() => () => desk.leave(), [desk]);
  if (!scene)
    return (
      <div className="pad t2">
        <p>The simulators answer with a current against a voltage, or with what a scope saw.</p>
        <p>Choose a sweep or a capture with its stimulus, or simulate without data.</p>
        <Button onClick={() => openWithoutData(session)}>Simulate without data</Button>
      </div>
    );
  const view = landed?.scene.key === scene.key ? landed : null;
  return (
    <>
      <ModelSection scene={scene} />
      {view?.curve && <CircuitSection curve={view.curve} />}
      <DriveSection key={scene.setup.drive.kind} scene={scene} />
      <ParametersSection scene={scene} refusal={view?.refusal ?? null} folded={false} />
      <FitLine scene={scene} />
      {view?.curve && <ComparisonSection view={view} />}
      <ParametersSection scene={scene} refusal={view?.refusal ?? null} folded />
      <VarySection scene={scene} />
      <TestSection key={scene.setup.model} scene={scene} />
    </>
  );
}
