import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SpiceTable {
  /** One array per vector asked for, preceded by the swept voltage. */
  readonly columns: readonly Float64Array[];
  /** What ngspice itself says it took [s]; null where it does not say. */
  readonly elapsed_s: number | null;
}

/** Version line of ngspice, or null where it is not installed. */
export function findNgspice(): string | null {
  const found = spawnSync('ngspice', ['--version'], { encoding: 'utf8' });
  if (found.error || found.status !== 0) return null;
  return /ngspice-[\w.+-]+/.exec(found.stdout)?.[0] ?? 'ngspice';
}

/** Tight tolerances, no leakage of its own, 300 K on both sides of the temperature law. */
const OPTIONS =
  '.options gmin=1e-30 reltol=1e-11 abstol=1e-22 vntol=1e-16 temp=26.85 tnom=26.85 itl1=1000 itl2=1000';

/**
 * Runs the circuit with a sweep of the source V1.
 * @param circuit lines of a netlist; V1 is the source
 * @param sweep from, to, step [V]
 */
export function runNgspice(
  circuit: readonly string[],
  sweep: readonly [number, number, number],
  vectors: readonly string[],
  { write = true } = {},
): SpiceTable {
  const folder = mkdtempSync(join(tmpdir(), 'ivory-ngspice-'));
  try {
    const output = join(folder, 'out.txt');
    const deck = [
      'shared netlist',
      ...circuit,
      OPTIONS,
      '.control',
      'set numdgt=16',
      `dc V1 ${sweep.join(' ')}`,
      ...(write ? [`wrdata ${output} ${vectors.join(' ')}`] : []),
      'rusage',
      '.endc',
      '.end',
      '',
    ].join('\n');
    const netlist = join(folder, 'deck.cir');
    writeFileSync(netlist, deck);
    const ran = spawnSync('ngspice', ['-b', netlist], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const elapsed = /elapsed time \(seconds\) = ([\d.eE+-]+)/.exec(ran.stdout)?.[1];
    const elapsed_s = elapsed === undefined ? null : Number(elapsed);
    if (!write) return { columns: [], elapsed_s };
    const rows = readFileSync(output, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    // wrdata repeats the scale before every vector
    const wanted = [0, ...vectors.map((_, k) => 2 * k + 1)];
    return { columns: wanted.map((c) => Float64Array.from(rows, (row) => row[c]!)), elapsed_s };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** kT/q of ngspice at 300 K [V]: its constants are those of CODATA 2014. */
const SPICE_THERMAL_V = (1.38064852e-23 * 300) / 1.6021766208e-19;

/**
 * `.model` line of a diode with the given slope a = n k T / q, whatever constants ngspice has.
 * @param slope_V n k T / q [V]
 */
export function describeDiode(name: string, lnSaturationCurrent: number, slope_V: number): string {
  return `.model ${name} D(IS=${Math.exp(lnSaturationCurrent)} N=${slope_V / SPICE_THERMAL_V})`;
}
