import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C } from '../../../fitting/index.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';

const INSTRUMENT = 'a table typed or logged by the lab';

const row = (
  recipe: string,
  quantity: string,
  value: number,
  tolerance: number,
  unit: string,
  from: string,
): Truth => ({ recipe, quantity, branch: null, convention: null, value, tolerance, unit, from });

function writeTable(header: string, rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows.map((cells) => cells.join(','))].join('\n')}\n`;
}

/** Ionic conductivity with 0.35 eV from 280 to 340 K (EX-6.3). */
function buildIonic(): SampleFile {
  const path = 'interfaces/CPB-1_ionic-conductivity.csv';
  const normal = createNoise(path);
  const kT = (T: number): number => (BOLTZMANN_J_PER_K * T) / ELEMENTARY_CHARGE_C;
  const rows = Array.from({ length: 7 }, (_, k) => {
    const T = 280 + 10 * k;
    return [T.toString(), ((3.2e-1 / T) * Math.exp(-0.35 / kT(T)) * (1 + 0.005 * normal())).toExponential(4)];
  });
  return {
    path,
    text: writeTable('Temperature (K),Ionic conductivity (S/cm)', rows),
    instrument: INSTRUMENT,
    content: 'ionic conductivity against temperature, 0.5 % of noise',
    kind: 'series',
    truths: [row('arrhenius', 'activationEnergy', 0.35, 0.003, 'eV', 'EX-6.3')],
  };
}

/** An absorption edge at 2.33 eV over a tail of 21.71 meV (EX-6.4). */
function buildEdge(): SampleFile {
  const path = 'interfaces/CPB-1_absorption.csv';
  const normal = createNoise(path);
  const tail = 0.1 / (2 * Math.LN10);
  const rows = Array.from({ length: 61 }, (_, k) => {
    const e = 2.1 + 0.005 * k;
    const ideal = e < 2.33 ? 6e4 * Math.exp((e - 2.33) / tail) : 6e4 * (1 + 0.4 * Math.sqrt(e - 2.33));
    return [e.toFixed(3), (ideal * (1 + 0.01 * normal())).toExponential(3)];
  });
  return {
    path,
    text: writeTable('Photon energy (eV),Absorption coefficient (1/cm)', rows),
    instrument: 'photothermal deflection',
    content: 'absorption edge at 2.33 eV and its exponential tail; 1 % of noise',
    kind: 'series',
    truths: [row('arrhenius', 'urbachEnergy', tail, 0.3e-3, 'eV', 'EX-6.4')],
  };
}

/** Barriers on four metals (EX-6.1); the affinity and a interlayer of 0.5 nm make the other two. */
function buildBarriers(): SampleFile {
  const metals = [
    ['Ag', 4.26, 0.62],
    ['Cr', 4.5, 0.75],
    ['Cu', 4.65, 0.81],
    ['Au', 5.1, 1.05],
  ] as const;
  const rows = metals.map(([name, work, barrier]) => [name, work.toFixed(2), barrier.toFixed(2), '3.60']);
  const slope = 0.5089;
  // through the means 4.6275 and 0.8075 of the table
  const intercept = 0.8075 - slope * 4.6275;
  return {
    path: 'interfaces/CPB-2_barriers.csv',
    text: writeTable('Metal,Work function (eV),Barrier height (eV),Electron affinity (eV)', rows),
    instrument: INSTRUMENT,
    content: 'barrier heights of four metals on one film against their work functions',
    kind: 'series',
    truths: [
      row('schottky-mott', 'slopeParameter', slope, 1e-4, '1', 'EX-6.1'),
      row(
        'schottky-mott',
        'neutralityLevel',
        (intercept + 3.6) / (1 - slope),
        2e-3,
        'eV',
        'intercept of EX-6.1 and an affinity of 3.60 eV',
      ),
      row(
        'schottky-mott',
        'interfaceStateDensity',
        (1.105e13 * (1 - slope)) / slope,
        0.01e13,
        'cm^-2 eV^-1',
        'EX-6.2 scaled to S of EX-6.1',
      ),
    ],
  };
}

/** A lead of ITO (EX-6.5). */
function buildLead(): SampleFile {
  return {
    path: 'interfaces/ITO-1_resistivity.csv',
    text: writeTable('Thickness (nm),Resistivity (ohm cm)', [
      ['248', '4.77e-4'],
      ['250', '4.80e-4'],
      ['252', '4.83e-4'],
    ]),
    instrument: 'four probes and a profiler',
    content: 'resistivity and thickness of a lead at three places',
    kind: 'series',
    truths: [row('schottky-mott', 'sheetResistance', 19.2, 0.05, 'ohm', 'EX-6.5')],
  };
}

export function buildInterfaces(): readonly SampleFile[] {
  return [
    buildIonic(),
    buildEdge(),
    buildBarriers(),
    buildLead(),
    writeSettings('interfaces', {
      barrierSign: 'n',
      interfaceThickness: '0.5nm',
      interfacePermittivity: '1',
      opticalPermittivity: '4.0',
    }),
  ];
}
