import { CurvePane } from './CurvePane.tsx';
import { Frame } from './Frame.tsx';
import { Inspector } from './Inspector.tsx';
import { Library } from './Library.tsx';

export function CurvesView() {
  return (
    <Frame leftName="Library" left={<Library />} rightName="Inspector" right={<Inspector />}>
      <CurvePane />
    </Frame>
  );
}
