import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C } from '../../../fitting/index.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';

const THICKNESS_M = 200e-9;
const AREA_M2 = 1e-6;
const DEPTH_EV = 0.45;
/** ln(J/E) against sqrt(E) for an optical permittivity of 5 at 300 K [(m/V)^1/2]: EX-3.14. */
const SLOPE_300_K = 1.3129e-3;
/** q mu N_c [S/m]. */
const PREFACTOR = 1;

/** Poole-Frenkel emission from traps 0.45 eV deep, at five temperatures of a cryostat: fixture FX-11 with its temperature. */
function buildTemperatures(): SampleFile {
  const path = 'cryostat/CPB-4_iv-temperatures.csv';
  const normal = createNoise(path);
  const rows: string[] = [];
  for (const stage_K of [240, 260, 280, 300, 320]) {
    const kT = (BOLTZMANN_J_PER_K * stage_K) / ELEMENTARY_CHARGE_C;
    const slope = (SLOPE_300_K * 300) / stage_K;
    for (let k = 1; k <= 80; k++) {
      const volts = 0.075 * k;
      const field = volts / THICKNESS_M;
      const density = PREFACTOR * field * Math.exp(-DEPTH_EV / kT + slope * Math.sqrt(field));
      const current = density * AREA_M2 * (1 + 0.01 * normal()) + 1e-13 * normal();
      rows.push(`${(stage_K + 0.02 * normal()).toFixed(2)},${volts.toFixed(3)},${current.toExponential(5)}`);
    }
  }
  const held = (
    quantity: string,
    value: number | string,
    tolerance: number,
    unit: string,
    from: string,
    more: Partial<Truth> = {},
  ): Truth => ({
    recipe: 'regimes',
    quantity,
    branch: 'forward',
    convention: null,
    value,
    tolerance,
    unit,
    from,
    ...more,
  });
  return {
    path,
    text: `Temperature (K),Voltage (V),Current (A)\n${rows.join('\n')}\n`,
    instrument: 'a cryostat, its stage read beside a source meter',
    content:
      'film between like contacts, 0 to 6 V at 240 to 320 K: field-assisted emission from traps 0.45 eV deep, optical permittivity 5; 1 % of noise',
    kind: 'iv',
    truths: [
      ...[0, 1, 2, 3, 4].map((cycle) =>
        held('conductionMechanism', 'Poole-Frenkel', 0, 'text', 'FX-11', { cycle }),
      ),
      held('extractedPermittivity', 5, 0.12, '1', 'EX-3.14', {
        convention: 'read as Poole-Frenkel',
        cycle: 3,
      }),
      held('trapDepth', DEPTH_EV, 0.004, 'eV', 'the depth that made it; scatter 0.0007'),
    ],
  };
}

export function buildFieldDriven(): readonly SampleFile[] {
  return [
    buildTemperatures(),
    writeSettings('cryostat', {
      area: '1mm2',
      thickness: '200+-4nm',
      permittivity: '20',
      opticalPermittivity: '5',
      interfaceThickness: '0nm',
    }),
  ];
}
