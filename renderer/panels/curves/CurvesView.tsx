import { Frame } from '../frame/Frame.tsx';
import { Inspector } from '../frame/Inspector.tsx';
import { Library } from '../library/Library.tsx';
import { CurvePane } from './CurvePane.tsx';

export function CurvesView() {
  return (
    <Frame leftName="Library" left={<Library />} rightName="Inspector" right={<Inspector />}>
      <CurvePane />
    </Frame>
  );
}
