import { listClosedForms, writeClosedForms } from '../golden/paper/closed-forms.ts';
import { listPaperRows } from '../golden/paper/rows.ts';

/** Printed value, ours, difference, verdict: closed forms (class F) and simulated rows (class S) of the reference papers. */
export function run(print: (line: string) => void = console.log): void {
  print(writeClosedForms(listClosedForms()));
  print('');
  print('| row | quantity | printed | target | ours | difference from target | verdict | note |');
  print('|---|---|---|---|---|---|---|---|');
  for (const row of listPaperRows()) {
    const unit = row.unit === '1' ? '' : ` ${row.unit}`;
    const off = row.simulated - row.target;
    const verdict = Math.abs(off) <= row.tolerance ? 'within tolerance' : 'outside';
    print(
      `| ${row.id} | ${row.what} | ${row.printed}${unit} | ${row.target} ± ${row.tolerance}${unit} | ${Number(row.simulated.toPrecision(5))}${unit} | ${Number(off.toPrecision(2))}${unit} | ${verdict} | ${row.note} |`,
    );
  }
}
