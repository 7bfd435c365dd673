import { type Result, succeed } from '../../base/result.ts';
import { compareModels } from '../../pipeline/compare-models.ts';
import { parseConditions } from '../../pipeline/conditions.ts';
import { fitCurve } from '../../pipeline/fit.ts';
import type { WeightsChoice } from '../../pipeline/fit-data.ts';
import { fitJoint } from '../../pipeline/fit-joint.ts';
import { FITTABLE_SIMULATORS, fitSimulator } from '../../pipeline/fit-simulator.ts';
import type { FitRecord } from '../../pipeline/record.types.ts';
import { fitRecord, issueRecord, jointRecord } from '../../pipeline/records.ts';
import { type ParsedArgs, UsageError } from '../args.ts';
import { readSetOption } from '../batch-session.ts';
import { type Command, EXIT } from '../command.ts';
import { type OpenedFile, openOne } from '../import-one.ts';
import { writeIssue } from '../messages.ts';
import {
  checkModelChoice,
  FIT_OPTIONS,
  readChoice,
  readMethod,
  readModel,
  readPlace,
  readRivals,
  readShared,
  readTexts,
} from './fit-options.ts';
import { describeFit } from './fit-text.ts';

export const fitCommand: Command = {
  id: 'fit',
  usage: 'ivory fit FILE... (--model ID | --formula TEXT) [options]',
  summary: 'one model to one curve, with standard errors, intervals and correlations',
  details: `
A formula is an expression of columns and named parameters, such as "b1*(1-exp(-b2*x))"; x is the abscissa, other
columns go by their name, with _ for what is no letter or digit, or by their role. Values take units and prefixes.
--weights auto is the noise model of the instrument for currents and plain least squares elsewhere; a column name is
read as sigma of y. With --share, the curves of several files, or the legs of one sweep, are fitted together: the
shared parameters have one value, the others one per curve. A simulator (${FITTABLE_SIMULATORS.join(', ')})
is fitted on the drive of the measurement: --free names what is adjusted, --set preset=NAME where it starts.`,
  options: FIT_OPTIONS,
  positionals: [1, 1000],
  async run(args, { terminal }) {
    const { preset, ...inputs } = readSetOption(args);
    const conditions = parseConditions(inputs, 'user');
    if (!conditions.ok) throw new UsageError(conditions.issues[0].message, conditions.issues[0].hint);
    checkModelChoice(args);
    const method = readMethod(args);
    const joint = readShared(args).length > 0;
    const simulator = FITTABLE_SIMULATORS.find((id) => id === args.values.get('model'));
    if (preset !== undefined && !simulator) {
      throw new UsageError(
        'preset belongs to the simulators.',
        `Those are ${FITTABLE_SIMULATORS.join(', ')}.`,
      );
    }
    if (args.positionals.length > 1 && !joint) {
      throw new UsageError('fit takes one file.', 'With --share P several files are fitted together.');
    }
    const opened: OpenedFile[] = [];
    for (const path of args.positionals) {
      const file = await openOne(path, conditions.value, readPlace(args));
      if (!file.ok) {
        for (const issue of file.issues) terminal.err(writeIssue(issue));
        return EXIT.someFailed;
      }
      opened.push(file.value);
    }
    const cancelled = (): boolean => terminal.cancel.aborted;
    const fitted = simulator
      ? fitCell(args, opened[0]!, simulator, preset, cancelled)
      : joint
        ? fitTogether(args, opened)
        : fitAlone(args, opened[0]!, method);
    if (!fitted.ok) {
      for (const issue of fitted.issues) terminal.err(writeIssue(issue, opened[0]!.name));
      return fitted.issues[0].code === 'WRONG_USE' ? EXIT.wrongUse : EXIT.someFailed;
    }
    for (const record of fitted.value) {
      await terminal.out(args.flags.has('json') ? `${JSON.stringify(record)}\n` : describeFit(record));
    }
    return EXIT.done;
  },
};

function fitAlone(
  args: ParsedArgs,
  { name, outcome, measurement, conditions }: OpenedFile,
  method: ReturnType<typeof readMethod>,
): Result<readonly FitRecord[]> {
  const model = readModel(args, measurement);
  const choice = readChoice(args, measurement, model);
  const fitted = fitCurve({ measurement, conditions, model, method, ...choice, ...readTexts(args) });
  if (!fitted.ok) return fitted;
  const { report, data, issues } = fitted.value;
  const record = fitRecord(name, report, data.masked, nameWeights(choice.weights), [
    ...outcome.issues,
    ...issues,
  ]);
  const rivals = readRivals(args);
  if (rivals.length === 0) return succeed([record]);
  const compared = compareModels(fitted.value, rivals, conditions);
  return succeed([
    {
      ...record,
      issues: [...record.issues, ...compared.issues.map(issueRecord)],
      comparison: compared.models,
    },
  ]);
}

/** A simulator on the drive of the measurement. */
function fitCell(
  args: ParsedArgs,
  { name, outcome, measurement, conditions }: OpenedFile,
  simulator: string,
  preset: unknown,
  cancelled: () => boolean,
): Result<readonly FitRecord[]> {
  refuse(args, NO_SIMULATOR, `the simulator ${simulator}`);
  const { x: _, ...choice } = readChoice(args, measurement, null);
  const { solver, secondOpinion } = readMethod(args);
  const fitted = fitSimulator({
    measurement,
    conditions,
    model: simulator,
    preset: preset === undefined ? undefined : String(preset),
    ...choice,
    ...readTexts(args),
    ...(solver ? { solver } : {}),
    ...(secondOpinion ? { secondOpinion } : {}),
    cancelled,
  });
  if (!fitted.ok) return fitted;
  const { report, data, issues } = fitted.value;
  const weights = nameWeights(choice.weights);
  return succeed([fitRecord(name, report, data.masked, weights, [...outcome.issues, ...issues])]);
}

/** Throws for the first of the options that was given. */
function refuse(args: ParsedArgs, options: readonly string[], what: string): void {
  const given = options.find((name) => args.values.has(name) || args.flags.has(name) || args.lists.has(name));
  if (given !== undefined) throw new UsageError(`--${given} cannot be combined with ${what}.`);
}

const NO_SIMULATOR = [
  ...['tie', 'constant', 'share', 'x-sigma', 'errors', 'robust', 'profile', 'bootstrap', 'compare'],
] as const;

/** The options a joint fit has no meaning for are refused, not ignored. */
const SINGLE_ONLY = [
  ...['solver', 'profile', 'bootstrap', 'x-sigma', 'robust', 'second-opinion', 'tie', 'compare'],
] as const;

function fitTogether(args: ParsedArgs, opened: readonly OpenedFile[]): Result<readonly FitRecord[]> {
  refuse(args, SINGLE_ONLY, '--share');
  const [first] = opened;
  const model = readModel(args, first!.measurement);
  const choice = readChoice(args, first!.measurement, model);
  const { errors } = readMethod(args);
  const fitted = fitJoint({
    ...choice,
    ...readTexts(args),
    model,
    sources: opened.map(({ name, measurement, conditions }) => ({ name, measurement, conditions })),
    shared: readShared(args),
    ...(errors ? { method: { errors } } : {}),
  });
  if (!fitted.ok) return fitted;
  const joint = jointRecord(fitted.value.joint);
  return succeed(
    fitted.value.members.map(({ name, branch, data, report, issues }) => ({
      ...fitRecord(name, report, data.masked, nameWeights(choice.weights), issues),
      branch,
      joint,
    })),
  );
}

function nameWeights(weights: WeightsChoice): string {
  return typeof weights === 'string' ? weights : weights.column;
}
