import { computeLayerShare } from '../conduction/interlayer.ts';
import { ENERGY_WAVELENGTH } from '../spectra/prepare-spectrum.ts';
import { computeBraggAngle, computeBraggSpacing, computeConfinement } from '../spectra/spectra-formulas.ts';
import { computeDelayMobility } from '../transients/mobility.ts';
import { countNormalisedTraps } from '../transients/optical-trap-density.ts';
import { four, hasQuantity, inputOf, numberOf, numbersOf } from './compared-record.ts';
import type { NoteArithmetic } from './note-arithmetic.ts';

const PRINTED_MOBILITY = 1.38e-3;
const PMMA = 3.5;
const nm = (metres: number): string => `${four(metres * 1e9)} nm`;
const us = (secs: number): string => `${four(secs * 1e6)} us`;
const mm2 = (square_m: number): string => `${four(square_m * 1e6)} mm^2`;
/** [cm^2/(V s)] */
const mobilityOf = (thickness_m: number, delay_s: number, volts: number): number =>
  1e4 * computeDelayMobility(thickness_m, delay_s, volts);
const millielectronvolts = (from_nm: number, to_nm: number): number =>
  1e3 * ENERGY_WAVELENGTH * 1e9 * (1 / from_nm - 1 / to_nm);

/** Notes on the light-emitting cell (METHODS 9), each with its arithmetic. */
export const CELL_NOTES: readonly NoteArithmetic[] = [
  {
    id: 'X1',
    applies: (record) => hasQuantity(record, 'mobility'),
    printed: () => {
      const formula = mobilityOf(800e-9, 0.3e-6, 6);
      return [
        `(800 nm)^2/(0.3 us x 6 V) = ${four(formula)} cm^2/(V s), printed 1.38e-3: ${(formula / PRINTED_MOBILITY).toFixed(2)} times as much`,
        `sqrt(1.38e-3 x 0.3 us x 6 V) = ${nm(Math.sqrt(PRINTED_MOBILITY * 1e-4 * 0.3e-6 * 6))} reproduces the print`,
      ];
    },
    own: (record) => {
      const thickness = inputOf(record, 'thickness_m');
      const drive = inputOf(record, 'drive_V');
      const delay = numberOf(record, 'delayTime');
      const lines: string[] = [];
      if (thickness && drive && delay)
        lines.push(
          `(${nm(thickness)})^2/(${us(delay)} x ${four(drive)} V) = ${four(mobilityOf(thickness, delay, drive))} cm^2/(V s) with the whole voltage, as the text does it`,
        );
      if (drive && delay)
        lines.push(
          `a mobility of 1.38e-3 would need ${nm(Math.sqrt(PRINTED_MOBILITY * 1e-4 * delay * drive))} with your delay and drive`,
        );
      return lines;
    },
  },
  {
    id: 'X2',
    applies: (record) => inputOf(record, 'thickness_m') !== null,
    printed: () => [
      `field ratio of PMMA (${PMMA}) and the film (20): 20/${PMMA} = ${(20 / PMMA).toFixed(1)}`,
    ],
    own: (record) => {
      const thickness = inputOf(record, 'thickness_m');
      const permittivity = inputOf(record, 'permittivity');
      if (!thickness || !permittivity) return [];
      return [10e-9, 50e-9].map(
        (layer) =>
          `${nm(layer)} of PMMA (${PMMA}) in series with ${nm(thickness)} (${four(permittivity)}) would take ${(100 * (1 - computeLayerShare(thickness, permittivity, layer, PMMA))).toFixed(1)} % of the voltage`,
      );
    },
  },
  {
    id: 'X3',
    applies: (record) => inputOf(record, 'area_m2') !== null || hasQuantity(record, 'currentDensity'),
    printed: () => [
      `pi (0.5 mm)^2 = ${four(Math.PI / 4)} mm^2, (1 mm)^2 = 1 mm^2, (3 mm)^2 = 9 mm^2: a factor of ${(9 / (Math.PI / 4)).toFixed(1)}`,
    ],
    own: (record) => {
      const area = inputOf(record, 'area_m2');
      const density = numberOf(record, 'currentDensity');
      if (!area) return [];
      return [
        `your area is ${mm2(area)}: densities over 9 mm^2 would be ${four(9e-6 / area)} times smaller`,
        ...(density === null
          ? []
          : [`your ${four(density)} A/cm^2 would be ${four((density * area) / 9e-6)} A/cm^2 over 9 mm^2`]),
      ];
    },
  },
  {
    id: 'X4',
    applies: (record) => hasQuantity(record, 'lnSaturationCurrent'),
    printed: () => [
      'I(0 V) of the printed form is I_s exp(0) = I_s, of the physical form I_s (exp(0) - 1) = 0',
    ],
    own: (record) =>
      numbersOf(record, 'lnSaturationCurrent').map(
        ({ value, branch }) =>
          `${branch ?? 'your leg'}: the printed form would carry exp(${four(value)}) = ${four(Math.exp(value))} A at 0 V`,
      ),
  },
  {
    id: 'X6',
    applies: (record) => hasQuantity(record, 'turnOnVoltage', 'lightTurnOnVoltage'),
    printed: () => [
      'printed 3.8 and 2.8 V (fit), about 4.0 V (text) and -3.2 V (naked eye); the definitions of one model curve give 2.69 to 3.82 V (EX-1.7)',
    ],
    own: (record) => {
      const all = numbersOf(record, 'turnOnVoltage').filter(({ status }) => status === 'ok');
      return [...new Set(all.map(({ branch }) => branch))].flatMap((branch) => {
        const leg = all.filter((one) => one.branch === branch).sort((a, b) => a.value - b.value);
        const [first, last] = [leg[0], leg.at(-1)];
        if (!first || !last || leg.length < 2) return [];
        return [
          `${branch ?? 'your leg'}: ${four(first.value)} V (${first.convention}) to ${four(last.value)} V (${last.convention}) by ${leg.length} definitions without a flag`,
        ];
      });
    },
  },
  {
    id: 'X7',
    applies: (record) => hasQuantity(record, 'decayTime'),
    printed: () => {
      const tau = 8 / Math.log(1 / 0.03);
      return [
        `3 % after 8 us: 8 us/ln(1/0.03) = ${tau.toFixed(2)} us, shorter than 4.5 us`,
        `tau_Fall 5.2 us/ln 9 = ${(5.2 / Math.log(9)).toFixed(2)} us, which leaves ${(100 * Math.exp((-8 * Math.log(9)) / 5.2)).toFixed(1)} % after 8 us`,
      ];
    },
    own: (record) => {
      const fast = numberOf(record, 'decayTime');
      const slow = numberOf(record, 'decayTimeSlow');
      if (fast === null) return [];
      return [
        `your first constant ${us(fast)} reaches 3 % after ${us(fast * Math.log(1 / 0.03))}`,
        ...(slow === null
          ? []
          : [
              `your second constant ${us(slow)} is the ${slow > fast ? 'slower' : 'faster'} one (${four(slow / fast)} times the first)`,
            ]),
      ];
    },
  },
  {
    id: 'X10',
    applies: (record) => hasQuantity(record, 'opticalTrapDensity'),
    printed: () => {
      const count = (area_m2: number, current_A: number): string =>
        four(
          1e-6 *
            countNormalisedTraps({
              share: 0.03,
              onCurrent_A: current_A,
              tailTime_s: 4.5e-6,
              area_m2,
              thickness_m: 800e-9,
            }),
        );
      return [
        `0.03 x 8.66 mA x 4.5 us/(q x 0.785 mm^2 x 800 nm) = ${count(0.785e-6, 8.66e-3)} cm^-3`,
        `0.03 x 10.6 mA x 4.5 us/(q x 9 mm^2 x 800 nm) = ${count(9e-6, 10.6e-3)} cm^-3; printed 1.2e15`,
      ];
    },
    own: (record) => {
      const area = inputOf(record, 'area_m2');
      return numbersOf(record, 'opticalTrapDensity').flatMap(({ value, convention }) =>
        area === null
          ? []
          : [
              `your ${four(value)} cm^-3 (${convention ?? 'your form'}) over 9 mm^2 instead of ${mm2(area)} would be ${four((value * area) / 9e-6)} cm^-3`,
            ],
      );
    },
  },
  {
    id: 'X13',
    applies: (record) => hasQuantity(record, 'bandwidth'),
    printed: () => [
      '2 x 0.25 ms = 0.5 ms of the 1 ms that 1 kHz has',
      `one pole: f_0.5 = 1 kHz is f_0.707 = 1 kHz/sqrt 3 = ${four(1e3 / Math.sqrt(3))} Hz, tau = ${us(Math.sqrt(3) / (2 * Math.PI * 1e3))}`,
      `square wave of 80 kHz through tau_r 2.230 us: tanh(1/(4 f tau)) = ${Math.tanh(1 / (4 * 80e3 * 2.230086e-6)).toFixed(3)} peak to peak`,
    ],
    own: (record) =>
      numbersOf(record, 'bandwidth').map(
        ({ value, convention }) => `${four(value)} Hz, ${convention ?? 'level not named'}`,
      ),
  },
  {
    id: 'X14',
    applies: (record) => hasQuantity(record, 'peakWavelength', 'stokesShift'),
    printed: () => [
      `526 to 533 nm: ${millielectronvolts(526, 533).toFixed(2)} meV; 515 to 532 nm: ${millielectronvolts(515, 532).toFixed(2)} meV`,
      `confinement in 20 nm: ${(1e3 * computeConfinement(20e-9, 0.18)).toFixed(1)} meV (reduced mass 0.18) to ${(1e3 * computeConfinement(20e-9, 0.126)).toFixed(1)} meV (0.126)`,
      `0.59 nm reflects at 2 theta ${computeBraggAngle(0.59e-9).toFixed(1)} degrees (Cu K-alpha assumed), which is (100); the (200) line at 31 degrees is ${(1e9 * computeBraggSpacing(31)).toFixed(3)} nm`,
    ],
    own: (record) => {
      const peak = numberOf(record, 'peakWavelength');
      if (peak === null) return [];
      const shift = millielectronvolts(533, peak);
      return [
        `your peak at ${four(peak)} nm lies ${four(Math.abs(shift))} meV ${shift > 0 ? 'below' : 'above'} the printed emission at 533 nm`,
      ];
    },
  },
  {
    id: 'X20',
    applies: (record) => ['lec-iv', 'lec-transient', 'lem-iv', 'rram-iv'].includes(record.recipe),
    printed: () => [
      'not printed: n, I_s, sweep rate, step, temperature, efficiency, instrument rise time, thickness of PMMA',
    ],
    own: (record) => {
      const missing = new Set(
        record.quantities.flatMap(({ reasons }) =>
          reasons.flatMap(({ code, subject }) => (code === 'INPUT_MISSING' && subject ? [subject] : [])),
        ),
      );
      return missing.size > 0 ? [`asked for in your record: ${[...missing].join(', ')}`] : [];
    },
  },
  {
    id: 'X21',
    applies: (record) => hasQuantity(record, 'powerDensity'),
    printed: () => [
      `8 V x 16.5 mA = ${four(8 * 16.5e-3)} W, over 0.785 mm^2 ${((8 * 16.5e-3) / 0.00785).toFixed(1)} W/cm^2, over 9 mm^2 ${((8 * 16.5e-3) / 0.09).toFixed(2)} W/cm^2`,
    ],
    own: (record) => {
      const density = numberOf(record, 'powerDensity');
      const power = numberOf(record, 'electricalPower');
      if (density !== null) return [`${four(density)} W/cm^2 (heating is likely above 1)`];
      return power === null ? [] : [`${four(power)} W, which is 1 W/cm^2 over ${four(power * 1e2)} mm^2`];
    },
  },
];
