import { createRegistry } from '../base/registry.ts';
import type { Analysis } from './analysis.ts';
import { conductionMechanism } from './conduction/conduction-mechanism.ts';
import { conductionRegimes } from './conduction/conduction-regimes.ts';
import { spaceCharge } from './conduction/space-charge.ts';
import { differentialChecks } from './diode/differential-checks.ts';
import { diodeParameters } from './diode/diode-parameters.ts';
import { hysteresis } from './diode/hysteresis.ts';
import { jointDiode } from './diode/joint-diode.ts';
import { lightVoltage } from './diode/light-voltage.ts';
import { operatingPoint } from './diode/operating-point.ts';
import { quantumEfficiency } from './diode/quantum-efficiency.ts';
import { rectification } from './diode/rectification.ts';
import { turnOnVoltage } from './diode/turn-on-voltage.ts';
import { arrhenius } from './interface/arrhenius.ts';
import { schottkyMott } from './interface/schottky-mott.ts';
import { sheetResistance } from './interface/sheet-resistance.ts';
import { urbachEnergy } from './interface/urbach-energy.ts';
import { currentOvershoot } from './memory/current-overshoot.ts';
import { lightEmittingMemory } from './memory/light-emitting-memory.ts';
import { multilevelStates } from './memory/multilevel-states.ts';
import { pulseSwitching } from './memory/pulse-switching.ts';
import { pulseWidth } from './memory/pulse-width.ts';
import { resistiveSwitching } from './memory/resistive-switching.ts';
import { stateLevels } from './memory/state-levels.ts';
import { switchingKinetics } from './memory/switching-kinetics.ts';
import { switchingType } from './memory/switching-type.ts';
import { cycleStatistics } from './reliability/cycle-statistics.ts';
import { endurance } from './reliability/endurance.ts';
import { lifetimes } from './reliability/lifetimes.ts';
import { retention } from './reliability/retention.ts';
import { thermalRetention } from './reliability/thermal-retention.ts';
import { emissionSpectrum } from './spectra/emission-spectrum.ts';
import { emissionStability } from './spectra/emission-stability.ts';
import { spectraComparison } from './spectra/spectra-comparison.ts';
import { learningForgetting } from './synapse/learning-forgetting.ts';
import { pairedPulse } from './synapse/paired-pulse.ts';
import { spikeEnergy } from './synapse/spike-energy.ts';
import { spikeTiming } from './synapse/spike-timing.ts';
import { weightUpdate } from './synapse/weight-update.ts';
import { decay } from './transients/decay.ts';
import { frequencyResponse } from './transients/frequency-response.ts';
import { mobility } from './transients/mobility.ts';
import { opticalTrapDensity } from './transients/optical-trap-density.ts';
import { pulseResponse } from './transients/pulse-response.ts';

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
