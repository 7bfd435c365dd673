import { VACUUM_PERMITTIVITY_F_PER_M } from '../../../fitting/index.ts';
import { info } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import { collectInputs, findInput, listImplausible, listMissing } from '../given-inputs.ts';

/** RC time of the circuit [s], where everything it needs was given. */
export function findCircuitTime(input: AnalysisInput): { capacitance: number; time: number } | null {
  const pick = (name: Parameters<typeof findInput>[1]) => findInput(input.conditions, name)?.value;
  const [permittivity, area, thickness] = [pick('permittivity'), pick('area'), pick('thickness')];
  if (permittivity === undefined || area === undefined || thickness === undefined) return null;
  const capacitance = (permittivity * VACUUM_PERMITTIVITY_F_PER_M * area) / thickness;
  const [series, load, source] = [pick('seriesResistance'), pick('loadResistance'), pick('sourceResistance')];
  const total =
    series === undefined || load === undefined || source === undefined ? Number.NaN : series + load + source;
  return { capacitance, time: total * capacitance };
}

/** C = eps A/L and the RC time: refused with what is missing. */
export function reportCircuit(input: AnalysisInput): Quantity[] {
  const geometry = ['permittivity', 'area', 'thickness'] as const;
  const resistances = ['seriesResistance', 'loadResistance', 'sourceResistance'] as const;
  const relative = Math.hypot(...geometry.map((name) => findInput(input.conditions, name)?.relative ?? 0));
  const found = findCircuitTime(input);
  const [noGeometry, ...more] = listMissing(input.conditions, geometry, 'The capacitance');
  const inputs = collectInputs(input.conditions, geometry);
  const plate = { method: 'parallel plates', inputs };
  const all = { method: 'R C', inputs: { ...inputs, ...collectInputs(input.conditions, resistances) } };
  if (!found)
    return [
      refused('capacitance', [noGeometry!, ...more], plate),
      refused('circuitTime', [noGeometry!, ...more], all),
    ];
  const [noResistance, ...others] = listMissing(input.conditions, resistances, 'The R C time');
  const exact = relative > 0 ? [] : [info('NOTE', 'The inputs are given without uncertainty.')];
  const implausible = listImplausible(input.conditions, geometry);
  return [
    determined('capacitance', {
      ...plate,
      value: found.capacitance,
      standardUncertainty: found.capacitance * relative,
      reasons: [...exact, ...implausible],
    }),
    noResistance
      ? refused('circuitTime', [noResistance, ...others], all)
      : determined('circuitTime', {
          ...all,
          value: found.time,
          standardUncertainty: found.time * relative,
          reasons: [...exact, ...implausible],
        }),
  ];
}
