import { computeDetectionLimit, computeTrapDensity } from '../conduction/space-charge-formulas.ts';
import { four, hasQuantity, inputOf, numberOf, numbersOf } from './compared-record.ts';
import type { NoteArithmetic } from './note-arithmetic.ts';

const PRINTED_LRS = 830;
const PRINTED_TRAPS = 1.2e15;
const milliamperes = (amperes: number): string => `${four(1e3 * amperes)} mA`;

/** V_TFL [V] of a trap density [cm^-3]. */
const filledLimit = (density: number, permittivity: number, thickness_m: number): number =>
  (density * 1e6) / computeTrapDensity(permittivity, 1, thickness_m);

/** Notes on the resistive memory and on the pair of devices (METHODS 9), each with its arithmetic. */
export const MEMORY_NOTES: readonly NoteArithmetic[] = [
  {
    id: 'X5',
    applies: (record) => hasQuantity(record, 'regionCurrent'),
    printed: () => [
      `1.4 V/4e-3 mA = ${four(1.4 / 4e-6 / 1e3)} kohm, 2 x 830 ohm = 1.66 kohm: ${(1.4 / 4e-6 / (2 * PRINTED_LRS)).toFixed(0)} times`,
      `read in A: 1.4 V/4 mA = ${four(1.4 / 4e-3)} ohm, ${((2 * PRINTED_LRS) / (1.4 / 4e-3)).toFixed(1)} times less than 1.66 kohm`,
    ],
    own: (record) =>
      numbersOf(record, 'regionResistance')
        .filter(({ convention }) => convention === 'II')
        .slice(0, 2)
        .map(
          ({ value, branch }) =>
            `${branch ?? 'your loop'}: region II has ${four(value)} ohm, ${four(value / (2 * PRINTED_LRS))} times two printed low states`,
        ),
  },
  {
    id: 'X8',
    applies: (record) => hasQuantity(record, 'resetVoltage', 'resetCurrent'),
    printed: () => [
      `1.12 V/830 ohm = ${milliamperes(1.12 / PRINTED_LRS)}, above the limit of 1 mA`,
      '0.83 V/1 mA = 830 ohm: the low state is the hold voltage over the limit',
    ],
    own: (record) => {
      const reset = numberOf(record, 'resetVoltage');
      const low = numberOf(record, 'lowResistance');
      const limit = numberOf(record, 'complianceCurrent') ?? inputOf(record, 'complianceCurrent_A');
      if (reset === null || low === null) return [];
      const current = Math.abs(reset) / low;
      const verdict =
        limit === null
          ? ''
          : current > Math.abs(limit)
            ? `, above your limit of ${milliamperes(Math.abs(limit))}: it did not act there`
            : `, below your limit of ${milliamperes(Math.abs(limit))}`;
      return [`${four(Math.abs(reset))} V/${four(low)} ohm = ${milliamperes(current)}${verdict}`];
    },
  },
  {
    id: 'X9',
    applies: (record) => hasQuantity(record, 'trapDensity', 'trapDetectionLimit'),
    printed: () => [
      `4 pi^2 eps kT/(q^2 L^2) = ${four(1e-6 * computeDetectionLimit(20, 300, 800e-9))} cm^-3 (20, 800 nm, 300 K), above the printed 1.2e15`,
      `V_TFL = q n_t L^2/(2 eps) = ${four(filledLimit(PRINTED_TRAPS, 20, 800e-9))} V for 1.2e15 cm^-3 (${four(filledLimit(PRINTED_TRAPS, 8.7, 800e-9))} V with 8.7)`,
    ],
    own: (record) => {
      const thickness = inputOf(record, 'thickness_m');
      const permittivity = inputOf(record, 'permittivity');
      if (!thickness || !permittivity) return [];
      const temperature = inputOf(record, 'temperature_K') ?? 300;
      const limit = 1e-6 * computeDetectionLimit(permittivity, temperature, thickness);
      return [
        `your detection limit is ${four(limit)} cm^-3 (${four(permittivity)}, ${four(thickness * 1e9)} nm, ${four(temperature)} K): 1.2e15 would be ${PRINTED_TRAPS < limit ? 'below' : 'above'} it`,
        `1.2e15 cm^-3 would fill at ${four(filledLimit(PRINTED_TRAPS, permittivity, thickness))} V in your layer`,
      ];
    },
  },
  {
    id: 'X11',
    applies: (record) => hasQuantity(record, 'emittingDevice'),
    printed: () => [
      '+V: the right device in one figure, Device 1, the left one, in the next: one of both is wired the other way round',
    ],
    own: (record) => {
      const found = record.quantities.find(({ id }) => id === 'emittingDevice');
      const wiring =
        found && Object.hasOwn(found.inputs, 'wiring') ? 'your wiring says' : 'your light columns say';
      return typeof found?.value === 'string' ? [`${wiring}: ${found.value}`] : [];
    },
  },
  {
    id: 'X12',
    applies: (record) => hasQuantity(record, 'regionBoundary'),
    printed: () => [
      `4e-3 mA x 830 ohm = ${four(1e3 * 4e-6 * PRINTED_LRS)} mV over the memory that is on, not 1.0 V; V_SET is printed as 0.82 V`,
    ],
    own: (record) => {
      const current = numberOf(record, 'regionCurrent', ({ convention }) => convention === 'III');
      const boundary = numberOf(record, 'regionBoundary', ({ convention }) => convention === 'III/IV');
      return [
        ...(current === null
          ? []
          : [
              `your region III carries ${four(Math.abs(current))} A: ${four(1e3 * Math.abs(current) * PRINTED_LRS)} mV over a memory of 830 ohm`,
            ]),
        ...(boundary === null ? [] : [`your boundary III/IV is at ${four(boundary)} V, printed about 4.6 V`]),
      ];
    },
  },
  {
    id: 'X19',
    applies: (record) => hasQuantity(record, 'onOffRatio'),
    printed: () => [
      '"resistance or current in HRS compared to LRS": R_HRS/R_LRS = 1e3 and I_HRS/I_LRS = 1e-3 are one device',
    ],
    own: (record) => {
      const ratio = numberOf(record, 'onOffRatio');
      return ratio === null
        ? []
        : [`I_on/I_off = R_off/R_on = ${four(ratio)}; the other way round ${four(1 / ratio)}`];
    },
  },
  {
    id: 'X17',
    applies: (record) => hasQuantity(record, 'setVoltage') && inputOf(record, 'thickness_m') !== null,
    printed: () => [
      `10.6 V/100 nm = ${four(10.6 / 100e-7 / 1e6)} MV/cm, 1 V/800 nm = ${four(1 / 800e-7 / 1e3)} kV/cm: the field falls ${(10.6 / 100 / (1 / 800)).toFixed(0)} times`,
    ],
    own: (record) => {
      const set = numberOf(record, 'setVoltage');
      const thickness = inputOf(record, 'thickness_m');
      if (set === null || !thickness) return [];
      return [
        `${four(Math.abs(set))} V/${four(thickness * 1e9)} nm = ${four(Math.abs(set) / (thickness * 100) / 1e3)} kV/cm`,
      ];
    },
  },
];
