import { type Result, succeed } from '../../base/result.ts';
import { compareModels } from '../../pipeline/compare-models.ts';
import { parseConditions } from '../../pipeline/conditions.ts';
import { fitCurve } from '../../pipeline/fit.ts';
import type { WeightsChoice } from '../../pipeline/fit-data.ts';
import { fitJoint } from '../../pipeline/fit-joint.ts';
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
shared parameters have one value, the others one per curve.`,
  options: FIT_OPTIONS,
  positionals: [1, 1000],
  async run(args, { terminal }) {
    const conditions = parseConditions(readSetOption(args), 'user');
    if (!conditions.ok) throw new UsageError(conditions.issues[0].message, conditions.issues[0].hint);
    checkModelChoice(args);
    const method = readMethod(args);
    const joint = readShared(args).length > 0;
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
    const fitted = joint ? fitTogether(args, opened) : fitAlone(args, opened[0]!, method);
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
  const choice = readChoice(args, measurement);
  const model = readModel(args, measurement);
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

/** The options a joint fit has no meaning for are refused, not ignored. */
const SINGLE_ONLY = ['solver', 'profile', 'bootstrap', 'x-sigma'] as const;

function fitTogether(args: ParsedArgs, opened: readonly OpenedFile[]): Result<readonly FitRecord[]> {
  const single =
    SINGLE_ONLY.find((name) => args.values.has(name)) ??
    ['robust', 'second-opinion'].find((name) => args.flags.has(name)) ??
    ['tie', 'compare'].find((name) => args.lists.has(name));
  if (single !== undefined) throw new UsageError(`--${single} cannot be combined with --share.`);
  const [first] = opened;
  const choice = readChoice(args, first!.measurement);
  const { errors } = readMethod(args);
  const fitted = fitJoint({
    ...choice,
    ...readTexts(args),
    model: readModel(args, first!.measurement),
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
