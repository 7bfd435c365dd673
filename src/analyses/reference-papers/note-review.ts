import { estimatePinning } from '../interface/schottky-mott.ts';
import { four, hasQuantity, inputOf, numberOf, numbersOf } from './compared-record.ts';
import type { NoteArithmetic } from './note-arithmetic.ts';

/** Notes on interfaces and synapses of the review (METHODS 9), each with its arithmetic. */
export const REVIEW_NOTES: readonly NoteArithmetic[] = [
  {
    id: 'X15',
    applies: (record) => hasQuantity(record, 'slopeParameter'),
    printed: () => [
      `1/[1 + 0.1 (4.0 - 1)^2] = ${estimatePinning(4).toFixed(3)}, 1/[1 + 0.1 (4.7 - 1)^2] = ${estimatePinning(4.7).toFixed(3)}; the Schottky-Mott limit is 1, full pinning 0`,
    ],
    own: (record) => {
      const slope = numberOf(record, 'slopeParameter');
      if (slope === null) return [];
      const optical = inputOf(record, 'opticalPermittivity');
      return [
        `your slope ${four(slope)} lies ${four(100 * slope)} % of the way from full pinning to the Schottky-Mott limit`,
        ...(optical === null
          ? []
          : [
              `1/[1 + 0.1 (${four(optical)} - 1)^2] = ${estimatePinning(optical).toFixed(3)} with your optical permittivity`,
            ]),
      ];
    },
  },
  {
    id: 'X16',
    applies: (record) => hasQuantity(record, 'spikeEnergy'),
    printed: () => [
      '10 pA on over 10 pA off is a ratio of 1, printed 10: one of both is about 1 or 100 pA',
      `400 fJ/10 pA = ${four(400e-15 / 10e-12)} V s, such as 4 V for 10 ms; biology has 1 to 100 fJ`,
    ],
    own: (record) => {
      const energy = numberOf(record, 'spikeEnergy');
      if (energy === null) return [];
      return [
        `your ${four(energy * 1e15)} fJ a spike are ${four(energy / 400e-15)} times the printed 400 fJ, and ${four(energy / 10e-12)} V s at 10 pA`,
      ];
    },
  },
  {
    id: 'X22',
    applies: (record) => hasQuantity(record, 'pairedPulseIndex', 'learnedWeight'),
    printed: () => [
      `10.3/72.9 = ${((100 * 10.3) / 72.9).toFixed(1)} % is left of the first response after 5 s: 1.141 is expected without facilitation, 1.136 is printed`,
      'lessons of 8, 7 and 6 s: 72.9/8 = 9.1, 93.2/7 = 13.3, 100/6 = 16.7 % a second',
    ],
    own: (record) => {
      const index = numberOf(record, 'pairedPulseIndex');
      const residual = numberOf(record, 'residualIndex');
      const lines =
        index !== null && residual !== null
          ? [
              `your index ${four(index)} against ${four(residual)} from the residual alone: ${index > residual ? `${four(100 * (index - residual))} % beyond superposition` : 'nothing beyond superposition'}`,
            ]
          : [];
      const ratios = numbersOf(record, 'retentionRatio').map(({ value }) => four(value));
      return [
        ...lines,
        ...(ratios.length > 0
          ? [`your retention ratios: ${ratios.join(', ')} (printed numbers: 0.1413, 0.3015, 0.352)`]
          : []),
      ];
    },
  },
];
