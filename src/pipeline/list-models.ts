export { compileFormula, evaluateModel, type FitModel, MODELS } from '../../fitting/index.ts';
