/** Public surface of the engine: the only module of `fitting` that the rest of the project imports. */
export * from './confidence-band.ts';
export * from './constants.ts';
export * from './derivative.ts';
export * from './fit-line.ts';
export {
  fitMany,
  type JointCurve,
  type JointCurveReport,
  type JointFitReport,
  type JointFitRequest,
} from './fit-many.ts';
export { fitModel } from './fit-model.ts';
export { type CompiledFormula, compileFormula } from './formula/compile-formula.ts';
export { invertNormalMatrix } from './linalg.ts';
export * from './models/diode-current.ts';
export * from './models/registry.ts';
export * from './piecewise.ts';
export * from './random.ts';
export * from './simulators/drives.ts';
export * from './simulators/registry.ts';
export * from './simulators/simulator.ts';
export * from './simulators/variability.ts';
export { SOLVERS } from './solvers/registry.ts';
export * from './special.ts';
export * from './statistics.ts';
export * from './types.ts';
export { computeAicc, computeAkaikeWeights } from './verdicts.ts';
