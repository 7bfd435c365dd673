import { createRegistry } from '../base/registry.ts';
import { defineRecipe } from './define-recipe.ts';

/**
 * The named recipes of CONTRACT, as data. `auto` has no steps of its own: it stands for what `chooseRecipe` finds.
 * Order of steps matters: a later one reads the results of the earlier ones. A recipe without steps is a name of the contract whose
 * analyses are still to come; it says so when it is asked for.
 */
export const RECIPES = createRegistry([
  defineRecipe('auto', 'Chosen by the kind and shape of the data', []),
  defineRecipe('lec-iv', 'Light-emitting cell or diode: current-voltage sweep', [
    'diode-parameters',
    'turn-on-voltage',
    'operating-point',
    'hysteresis',
    'differential-checks',
    'rectification',
    'light-voltage',
    'quantum-efficiency',
  ]),
  defineRecipe('rram-iv', 'Resistive memory: set and reset loops', [
    'resistive-switching',
    'state-levels',
    'switching-type',
    'cycle-statistics',
    'multilevel-states',
    'hysteresis',
    'conduction-regimes',
    'space-charge',
  ]),
  defineRecipe('lem-iv', 'Light-emitting memory: four-region loop', [
    'light-emitting-memory',
    'turn-on-voltage',
    'operating-point',
  ]),
  defineRecipe('regimes', 'Conduction regimes: Ohmic, space charge, traps', [
    'conduction-regimes',
    'space-charge',
    'conduction-mechanism',
  ]),
  defineRecipe('lec-transient', 'Light pulses: rise, fall, delay, decay, mobility', [
    'pulse-response',
    'decay',
    'mobility',
    'optical-trap-density',
  ]),
  defineRecipe('rram-pulse', 'Switching pulses: levels, edges, energy, speed', [
    'pulse-response',
    'pulse-switching',
    'current-overshoot',
  ]),
  defineRecipe('spectrum', 'Emission spectrum: peak, width, colour', [
    'emission-spectrum',
    'spectra-comparison',
    'emission-stability',
  ]),
  defineRecipe('endurance', 'Endurance: resistance against cycle', ['endurance']),
  defineRecipe('retention', 'Retention: resistance against time', ['retention', 'lifetimes']),
  defineRecipe('frequency-response', 'Response against frequency', ['frequency-response']),
  defineRecipe('pulse-width', 'Switching against pulse width, amplitude and sweep rate', [
    'pulse-width',
    'switching-kinetics',
  ]),
  defineRecipe('synapse-pairs', 'Synapse: paired pulses', ['paired-pulse', 'spike-energy', 'spike-timing']),
  defineRecipe('synapse-weights', 'Synapse: potentiation and depression', [
    'weight-update',
    'learning-forgetting',
  ]),
  defineRecipe('arrhenius', 'Thermal activation', ['arrhenius', 'urbach-energy', 'thermal-retention']),
  defineRecipe('schottky-mott', 'Barrier against work function', ['schottky-mott', 'sheet-resistance']),
]);
