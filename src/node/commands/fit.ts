import { compileFormula, type FitModel, MODELS } from '../../../fitting/index.ts';
import type { Measurement } from '../../model/measurement.ts';
import { parseConditions } from '../../pipeline/conditions.ts';
import { findColumn } from '../../pipeline/find-column.ts';
import { fitCurve } from '../../pipeline/fit.ts';
import type { WeightsChoice } from '../../pipeline/fit-data.ts';
import { FITTABLE_SIMULATORS, fitSimulator } from '../../pipeline/fit-simulator.ts';
import type { FitRecord } from '../../pipeline/record.types.ts';
import { fitRecord } from '../../pipeline/records.ts';
import { formatParts } from '../../units/format-value.ts';
import { parseValue } from '../../units/parse-value.ts';
import type { Unit } from '../../units/units.ts';
import { isUnit } from '../../units/units.ts';
import { type ParsedArgs, parseList, parsePairs, suggestWord, UsageError } from '../args.ts';
import { readSetOption } from '../batch-session.ts';
import { type Command, EXIT, HELP_OPTION, JSON_OPTION, SET_OPTION } from '../command.ts';
import { openOne } from '../import-one.ts';
import { writeIssue } from '../messages.ts';
import { layoutTable } from '../text-table.ts';

const SOLVERS = ['trust-region', 'ml-levenberg-marquardt'] as const;

export const fitCommand: Command = {
  id: 'fit',
  usage: 'ivory fit FILE (--model ID | --formula TEXT) [options]',
  summary: 'one model to one curve, with standard errors, intervals and correlations',
  details: `
A formula is an expression of the column x and named parameters, such as "b1*(1-exp(-b2*x))"; its parameters need a
--start. Values take units and prefixes. --weights auto is the noise model of the instrument for currents and plain
least squares elsewhere; a column name is read as sigma of y. A simulator (${FITTABLE_SIMULATORS.join(', ')})
is fitted on the drive of the measurement: --free names what is adjusted, --set preset=NAME where it starts.`,
  options: [
    { name: 'model', kind: 'value', placeholder: 'ID', help: 'a model; see ivory models' },
    { name: 'formula', kind: 'value', placeholder: 'TEXT', help: 'an expression of x and parameters' },
    { name: 'x', kind: 'value', placeholder: 'COLUMN', help: 'name, role or number of the column' },
    { name: 'y', kind: 'value', placeholder: 'COLUMN', help: 'name, role or number of the column' },
    { name: 'start', kind: 'list', placeholder: 'P=V', help: 'start of a parameter; may be repeated' },
    { name: 'fix', kind: 'list', placeholder: 'P=V', help: 'hold a parameter; may be repeated' },
    { name: 'free', kind: 'list', placeholder: 'P', help: 'free a parameter that is fixed by default' },
    {
      name: 'bounds',
      kind: 'list',
      placeholder: 'P=LO:HI',
      help: 'box of a parameter; an empty end is open',
    },
    { name: 'weights', kind: 'value', placeholder: 'W', help: 'auto (default), none, relative or a column' },
    { name: 'from', kind: 'value', placeholder: 'X', help: 'smallest x that is used' },
    { name: 'to', kind: 'value', placeholder: 'X', help: 'largest x that is used' },
    {
      name: 'branch',
      kind: 'value',
      placeholder: 'LEG',
      help: 'one leg of a sweep: forward, reverse, +forward ...',
    },
    { name: 'curve', kind: 'value', placeholder: 'N', help: 'which curve of the file (default 1)' },
    SET_OPTION,
    { name: 'solver', kind: 'value', placeholder: 'ID', help: `${SOLVERS.join(' (default) or ')}` },
    { name: 'second-opinion', kind: 'flag', help: 'fit again with the other solver and compare' },
    JSON_OPTION,
    HELP_OPTION,
  ],
  positionals: [1, 1],
  async run(args, { terminal }) {
    const { preset, ...inputs } = readSetOption(args);
    const conditions = parseConditions(inputs, 'user');
    if (!conditions.ok) throw new UsageError(conditions.issues[0].message, conditions.issues[0].hint);
    const solver = readSolver(args);
    checkModelChoice(args);
    const opened = await openOne(args.positionals[0]!, conditions.value, readPlace(args));
    if (!opened.ok) {
      for (const issue of opened.issues) terminal.err(writeIssue(issue));
      return EXIT.someFailed;
    }
    const { measurement, name } = opened.value;
    const weights = readWeights(args);
    const simulator = FITTABLE_SIMULATORS.find((id) => id === args.values.get('model'));
    if (preset !== undefined && !simulator)
      throw new UsageError(
        'preset belongs to the simulators.',
        `Those are ${FITTABLE_SIMULATORS.join(', ')}.`,
      );
    const common = {
      measurement,
      conditions: opened.value.conditions,
      y: args.values.get('y'),
      branch: args.values.get('branch'),
      from: readEnd(args, 'from', measurement),
      to: readEnd(args, 'to', measurement),
      weights,
      start: parsePairs(args.lists.get('start') ?? [], 'start'),
      fixed: parsePairs(args.lists.get('fix') ?? [], 'fix'),
      free: (args.lists.get('free') ?? []).flatMap(parseList),
      bounds: parsePairs(args.lists.get('bounds') ?? [], 'bounds'),
      ...(solver ? { solver } : {}),
      secondOpinion: args.flags.has('second-opinion'),
    };
    const fitted = simulator
      ? fitSimulator({
          ...common,
          model: simulator,
          preset: preset === undefined ? undefined : String(preset),
          cancelled: () => terminal.cancel.aborted,
        })
      : fitCurve({ ...common, x: args.values.get('x'), model: readModel(args, measurement) });
    if (!fitted.ok) {
      for (const issue of fitted.issues) terminal.err(writeIssue(issue, name));
      return fitted.issues[0].code === 'WRONG_USE' ? EXIT.wrongUse : EXIT.someFailed;
    }
    const { report, data, issues } = fitted.value;
    const shownWeights = typeof weights === 'string' ? weights : weights.column;
    const record = fitRecord(name, report, data.masked, shownWeights, [
      ...opened.value.outcome.issues,
      ...issues,
    ]);
    await terminal.out(args.flags.has('json') ? `${JSON.stringify(record)}\n` : describeFit(record));
    return EXIT.done;
  },
};

function checkModelChoice(args: ParsedArgs): void {
  const model = args.values.get('model');
  const formula = args.values.get('formula');
  if ((model === undefined) === (formula === undefined)) {
    throw new UsageError('fit needs either --model ID or --formula TEXT.', 'ivory models lists the models.');
  }
  if (model !== undefined && !MODELS.get(model) && !FITTABLE_SIMULATORS.includes(model)) {
    const ids = [...MODELS.all.map((known) => known.id), ...FITTABLE_SIMULATORS];
    const near = suggestWord(model, ids);
    throw new UsageError(
      `There is no model '${model}' to fit.`,
      near ? `Did you mean ${near}?` : `Known: ${ids.join(', ')}.`,
    );
  }
}

function readModel(args: ParsedArgs, { curve }: Measurement): FitModel {
  const id = args.values.get('model');
  if (id !== undefined) return MODELS.get(id)!;
  const text = args.values.get('formula')!;
  const columns = curve.columns.map((column) => column.label).filter((label) => /^[A-Za-z_]\w*$/.test(label));
  const compiled = compileFormula(text, [...new Set(['x', ...columns])]);
  if (compiled.ok) return compiled.model;
  throw new UsageError(`${compiled.message}\n  ${text}\n  ${' '.repeat(compiled.position)}^`);
}

function readSolver(args: ParsedArgs): (typeof SOLVERS)[number] | undefined {
  const text = args.values.get('solver');
  const solver = SOLVERS.find((known) => known === text);
  if (text !== undefined && !solver) {
    throw new UsageError(`There is no solver '${text}'.`, `Known: ${SOLVERS.join(', ')}.`);
  }
  return solver;
}

function readWeights(args: ParsedArgs): WeightsChoice {
  const text = args.values.get('weights') ?? 'auto';
  return text === 'auto' || text === 'none' || text === 'relative' ? text : { column: text };
}

function readPlace(args: ParsedArgs): number {
  const place = Number(args.values.get('curve') ?? '1');
  if (!Number.isInteger(place) || place < 1) throw new UsageError('--curve needs a whole number from 1.');
  return place;
}

function readEnd(args: ParsedArgs, name: 'from' | 'to', measurement: Measurement): number | undefined {
  const text = args.values.get(name);
  if (text === undefined) return undefined;
  const named = args.values.get('x');
  const column = named === undefined ? undefined : findColumn(measurement.curve, named);
  const unit: Unit = column?.ok ? column.value.unit : (measurement.curve.columns[0]?.unit ?? '1');
  const parsed = parseValue(text, unit);
  if (!parsed.ok) throw new UsageError(`--${name}: ${parsed.message}.`);
  return parsed.value;
}

function describeFit(record: FitRecord): string {
  const rows = record.parameters.map((parameter) => [
    parameter.symbol,
    parameter.value === null
      ? 'not determined'
      : formatParts(parameter.value, parameter.standardError, isUnit(parameter.unit) ? parameter.unit : '1')
          .text,
    parameter.fixed ? 'fixed' : (parameter.atBound && `at its ${parameter.atBound} bound`) || '',
    parameter.reasons.map((reason) => reason.message).join(' '),
  ]);
  const masked = record.masked > 0 ? `, ${record.masked} left out` : '';
  const lines = [
    `${record.file}: ${record.model}, ${record.formula}\n`,
    layoutTable(rows, { indent: '  ' }),
    `  ${record.points} points${masked}, weights ${record.weights}, ${record.termination} after ${record.evaluations} evaluations\n`,
    `  rmse ${record.rmse?.toPrecision(4)}, reduced chi-square ${record.reducedChiSquare?.toPrecision(4) ?? 'not determined'}\n`,
    ...record.issues.map((issue) => `  ${issue.severity}: ${issue.message}\n`),
  ];
  if (record.secondOpinion) {
    const { solver, agrees } = record.secondOpinion;
    lines.push(`  second opinion (${solver}): ${agrees ? 'agrees' : 'disagrees'}\n`);
  }
  return lines.join('');
}
