import { holdsTruth, runSwitchingTrial, TRIAL_KINDS } from '../support/switching-trials.ts';

const TRIALS = 150;

/** Share of 95 % intervals of switching voltages that hold the truth, over seeded repetitions; target 92 to 98 %. */
export function run(print: (line: string) => void = console.log): void {
  print(`Intervals of V_SET and V_RESET over ${TRIALS} devices each; the linearised ones for comparison.`);
  print('| device and rows | held, linearised | held | median error |');
  print('| --- | --- | --- | --- |');
  for (const [name, kind] of Object.entries(TRIAL_KINDS)) {
    let [before, after] = [0, 0];
    const errors: number[] = [];
    for (let seed = 1; seed <= TRIALS; seed++) {
      const trial = runSwitchingTrial(kind, seed);
      for (const id of ['setVoltage', 'resetVoltage']) {
        if (holdsTruth(trial, trial.linearised, id)) before++;
        if (holdsTruth(trial, trial.report, id)) after++;
        errors.push(trial.report.parameters.find((one) => one.id === id)!.standardError ?? Number.NaN);
      }
    }
    const share = (count: number): string => `${((100 * count) / (2 * TRIALS)).toFixed(1)} %`;
    const middle = errors.sort((a, b) => a - b)[TRIALS]!;
    print(`| ${name} | ${share(before)} | ${share(after)} | ${(1e3 * middle).toPrecision(2)} mV |`);
  }
}
