import { COVERAGE_CASES } from './coverage-cases.ts';
import { countCoverage } from './coverage-count.ts';

const REPETITIONS = 1000;

/** 1,000 seeded repetitions a fixture: how often the stated 95 % interval holds the truth. */
export function run(print: (line: string) => void = console.log): void {
  print(
    '| fixture | quantity | 95 % interval holds the truth | answered | bias / spread | stated u / spread |',
  );
  print('| --- | --- | --- | --- | --- | --- |');
  for (const fixture of COVERAGE_CASES)
    for (const row of countCoverage(fixture, REPETITIONS))
      print(
        `| ${row.fixture} | ${row.label} | ${((100 * row.inside) / row.answered).toFixed(1)} % | ${((100 * row.answered) / row.repetitions).toFixed(1)} % | ${row.bias.toFixed(2)} | ${row.stated.toFixed(2)} |`,
      );
}
