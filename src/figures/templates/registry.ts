import { createRegistry } from '../../base/registry.ts';
import { boxStrip } from './box-strip.ts';
import { composeFrom } from './composed.ts';
import { curve } from './curve.ts';
import { decay } from './decay.ts';
import { deviceMap } from './device-map.ts';
import { distribution, normalDistribution } from './distribution.ts';
import { frequencyResponse } from './frequency-response.ts';
import { lemFourRegions } from './lem-four-regions.ts';
import { lightCurrentVoltage } from './light-current-voltage.ts';
import { loglogRegimes } from './loglog-regimes.ts';
import { pulseTraces } from './pulse-traces.ts';
import { pulseWidthSeries } from './pulse-width.ts';
import { residualMultiples } from './residuals.ts';
import { riseFall } from './rise-fall.ts';
import { semilogIv } from './semilog-iv.ts';
import { setResetLoop } from './set-reset-loop.ts';
import { spectraStack } from './spectra-stack.ts';
import { endurance, retention } from './state-series.ts';
import { symlogIv } from './symlog-iv.ts';
import type { Template } from './template.ts';

/** One line per figure type. */
const SINGLE: readonly Template[] = [
  semilogIv,
  loglogRegimes,
  setResetLoop,
  symlogIv,
  lightCurrentVoltage,
  lemFourRegions,
  pulseTraces,
  riseFall,
  decay,
  spectraStack,
  frequencyResponse,
  endurance,
  retention,
  pulseWidthSeries,
  distribution,
  normalDistribution,
  boxStrip,
  deviceMap,
  residualMultiples,
  curve,
];

export const TEMPLATES = createRegistry<Template>([...SINGLE, composeFrom(SINGLE)]);
