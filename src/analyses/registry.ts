import { createRegistry } from '../base/registry.ts';
import type { Analysis } from './analysis.ts';
import { arrhenius } from './arrhenius.ts';
import { conductionMechanism } from './conduction-mechanism.ts';
import { conductionRegimes } from './conduction-regimes.ts';
import { currentOvershoot } from './current-overshoot.ts';
import { cycleStatistics } from './cycle-statistics.ts';
import { decay } from './decay.ts';
import { differentialChecks } from './differential-checks.ts';
import { diodeParameters } from './diode-parameters.ts';
import { emissionSpectrum } from './emission-spectrum.ts';
import { emissionStability } from './emission-stability.ts';
import { endurance } from './endurance.ts';
import { frequencyResponse } from './frequency-response.ts';
import { hysteresis } from './hysteresis.ts';
import { jointDiode } from './joint-diode.ts';
import { learningForgetting } from './learning-forgetting.ts';
import { lifetimes } from './lifetimes.ts';
import { lightEmittingMemory } from './light-emitting-memory.ts';
import { lightVoltage } from './light-voltage.ts';
import { mobility } from './mobility.ts';
import { multilevelStates } from './multilevel-states.ts';
import { operatingPoint } from './operating-point.ts';
import { opticalTrapDensity } from './optical-trap-density.ts';
import { pairedPulse } from './paired-pulse.ts';
import { pulseResponse } from './pulse-response.ts';
import { pulseSwitching } from './pulse-switching.ts';
import { pulseWidth } from './pulse-width.ts';
import { quantumEfficiency } from './quantum-efficiency.ts';
import { rectification } from './rectification.ts';
import { resistiveSwitching } from './resistive-switching.ts';
import { retention } from './retention.ts';
import { schottkyMott } from './schottky-mott.ts';
import { sheetResistance } from './sheet-resistance.ts';
import { spaceCharge } from './space-charge.ts';
import { spectraComparison } from './spectra-comparison.ts';
import { spikeEnergy } from './spike-energy.ts';
import { spikeTiming } from './spike-timing.ts';
import { stateLevels } from './state-levels.ts';
import { switchingKinetics } from './switching-kinetics.ts';
import { switchingType } from './switching-type.ts';
import { thermalRetention } from './thermal-retention.ts';
import { turnOnVoltage } from './turn-on-voltage.ts';
import { urbachEnergy } from './urbach-energy.ts';
import { weightUpdate } from './weight-update.ts';

/** One line per analysis. */
export const ANALYSES = createRegistry<Analysis>([
  turnOnVoltage,
  diodeParameters,
  jointDiode,
  conductionRegimes,
  spaceCharge,
  emissionSpectrum,
  resistiveSwitching,
  stateLevels,
  switchingType,
  operatingPoint,
  hysteresis,
  rectification,
  pulseResponse,
  lightEmittingMemory,
  differentialChecks,
  lightVoltage,
  decay,
  frequencyResponse,
  mobility,
  opticalTrapDensity,
  endurance,
  retention,
  pulseWidth,
  switchingKinetics,
  pulseSwitching,
  conductionMechanism,
  multilevelStates,
  currentOvershoot,
  cycleStatistics,
  pairedPulse,
  spikeEnergy,
  spikeTiming,
  weightUpdate,
  learningForgetting,
  arrhenius,
  urbachEnergy,
  schottkyMott,
  sheetResistance,
  quantumEfficiency,
  spectraComparison,
  emissionStability,
  lifetimes,
  thermalRetention,
]);
