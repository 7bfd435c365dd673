import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWithPapers, writeNotes } from '../../../src/analyses/reference-papers/compare-with-papers.ts';
import type {
  ComparedQuantity,
  ComparedRecord,
} from '../../../src/analyses/reference-papers/compared-record.ts';
import { PAPER_NOTES } from '../../../src/analyses/reference-papers/paper-notes.ts';
import { parseFolderSettings } from '../../../src/pipeline/folder-settings.ts';
import { runJob } from '../../../src/pipeline/job.ts';
import { analyseRecord } from '../../../src/pipeline/records.ts';

const quantity = (
  id: string,
  value: number | string | null,
  more: Partial<ComparedQuantity> = {},
): ComparedQuantity => ({
  id,
  value,
  unit: '',
  status: value === null ? 'refused' : 'ok',
  branch: null,
  convention: null,
  inputs: {},
  reasons: [],
  ...more,
});
const record = (recipe: string, ...quantities: ComparedQuantity[]): ComparedRecord => ({
  recipe,
  quantities,
});
const ownOf = (given: ComparedRecord, id: string): string =>
  compareWithPapers(given)
    .find(({ note }) => note.id === id)!
    .own.join('; ');
const idsOf = (given: ComparedRecord): string[] => compareWithPapers(given).map(({ note }) => note.id);

describe('notes on the reference papers beside a result', () => {
  it('X1 with the delay, the drive and the thickness of the user', () => {
    const given = record(
      'lec-transient',
      quantity('delayTime', 0.3e-6),
      quantity('mobility', 5.81e-3, { inputs: { thickness_m: 800e-9, drive_V: 6 } }),
    );
    // EX-4.9
    expect(ownOf(given, 'X1')).toContain('(800 nm)^2/(0.3 us x 6 V) = 3.556e-3 cm^2/(V s)');
    expect(ownOf(given, 'X1')).toContain('would need 498.4 nm');
    const other = record(
      'lec-transient',
      quantity('delayTime', 0.2e-6),
      quantity('mobility', null, { inputs: { thickness_m: { value: 400e-9 }, drive_V: { value: 8 } } }),
    );
    // 1.6e-13/(1.6e-6) m^2/(V s)
    expect(ownOf(other, 'X1')).toContain('= 1.000e-3 cm^2/(V s)');
  });

  it('X9 with the permittivity and thickness of the user (EX-3.10: 4.51e15 for 500 nm)', () => {
    const given = record(
      'regimes',
      quantity('trapDensity', null, {
        inputs: { thickness_m: 500e-9, permittivity: 20, temperature_K: 300 },
      }),
    );
    expect(ownOf(given, 'X9')).toMatch(/detection limit is 4\.51\de15 cm\^-3 .* 1\.2e15 would be below it/);
    // q 1.2e21 (500 nm)^2/(2 20 eps_0) = 0.1357 V
    expect(ownOf(given, 'X9')).toContain('0.1357 V');
    const thick = record(
      'regimes',
      quantity('trapDensity', null, { inputs: { thickness_m: 2e-6, permittivity: 20 } }),
    );
    expect(ownOf(thick, 'X9')).toContain('above it');
  });

  it('X8 with the states and the limit of the user', () => {
    const given = record(
      'rram-iv',
      quantity('resetVoltage', -1.5),
      quantity('lowResistance', 1000),
      quantity('complianceCurrent', 1e-3),
    );
    expect(ownOf(given, 'X8')).toBe(
      '1.5 V/1000 ohm = 1.5 mA, above your limit of 1 mA: it did not act there',
    );
    expect(ownOf(record('rram-iv', quantity('resetVoltage', -1.5)), 'X8')).toBe('');
  });

  it('X5, X12: regions of the user against two printed low states', () => {
    const given = record(
      'lem-iv',
      quantity('regionBoundary', 4.62, { convention: 'III/IV' }),
      quantity('regionCurrent', 2e-8, { convention: 'III' }),
      quantity('regionResistance', 350e3, { convention: 'II', branch: '+forward' }),
    );
    expect(ownOf(given, 'X5')).toBe(
      '+forward: region II has 3.500e5 ohm, 210.8 times two printed low states',
    );
    expect(ownOf(given, 'X12')).toContain('4.62 V, printed about 4.6 V');
  });

  it('X6: the spread of the definitions, flagged ones left out; X7: which constant is the slower; X22: superposition', () => {
    const cell = record(
      'lec-iv',
      quantity('turnOnVoltage', 3.8, { convention: 'tangent', branch: 'forward' }),
      quantity('turnOnVoltage', 2.762, { convention: 'current-10uA', branch: 'forward' }),
      quantity('turnOnVoltage', 0.495, { convention: 'density', branch: 'forward', status: 'flagged' }),
    );
    expect(ownOf(cell, 'X6')).toBe(
      'forward: 2.762 V (current-10uA) to 3.8 V (tangent) by 2 definitions without a flag',
    );
    const decay = record('lec-transient', quantity('decayTime', 2.367e-6), quantity('decayTimeSlow', 4.5e-6));
    expect(ownOf(decay, 'X7')).toContain('reaches 3 % after 8.3 us');
    expect(ownOf(decay, 'X7')).toContain('is the slower one (1.901 times the first)');
    const pairs = record(
      'synapse-pairs',
      quantity('pairedPulseIndex', 1.136),
      quantity('residualIndex', 1.141),
    );
    expect(ownOf(pairs, 'X22')).toContain('nothing beyond superposition');
  });

  it('only notes of quantities that are there are shown, and every note with arithmetic can be', () => {
    expect(idsOf(record('spectrum', quantity('peakWavelength', 533)))).toEqual(['X14']);
    expect(idsOf(record('schottky-mott', quantity('slopeParameter', 0.5)))).toEqual(['X15']);
    expect(idsOf(record('endurance', quantity('enduranceCycles', 1e4)))).toEqual([]);
    const everything = record(
      'lec-iv',
      ...[
        'mobility',
        'currentDensity',
        'lnSaturationCurrent',
        'regionCurrent',
        'turnOnVoltage',
        'decayTime',
        'resetVoltage',
        'trapDensity',
        'opticalTrapDensity',
        'emittingDevice',
        'regionBoundary',
        'bandwidth',
        'peakWavelength',
        'slopeParameter',
        'spikeEnergy',
        'onOffRatio',
        'powerDensity',
        'pairedPulseIndex',
      ].map((id) => quantity(id, null)),
      quantity('setVoltage', 1, { inputs: { thickness_m: 1e-7 } }),
    );
    // X18 is typography: nothing to work out
    expect(idsOf(everything)).toEqual(PAPER_NOTES.map(({ id }) => id).filter((id) => id !== 'X18'));
    for (const { printed } of compareWithPapers(everything)) expect(printed.length).toBeGreaterThan(0);
  });

  it('reads a record and a result alike, alters nothing, and prints both numbers', () => {
    const file = 'keysight-infiniivision/TEL-1_pulse.csv';
    const folder = join(import.meta.dirname, '../../../sample-data/keysight-infiniivision/.ivory.json');
    const settings = parseFolderSettings(readFileSync(folder, 'utf8'));
    if (!settings.ok) throw new Error(settings.issues[0].message);
    const answer = runJob({
      type: 'import-and-analyse',
      file: {
        name: file,
        bytes: new Uint8Array(readFileSync(join(import.meta.dirname, '../../../sample-data', file))),
      },
      recipe: 'lec-transient',
      conditions: {
        thickness: { value: 800e-9, from: 'user' },
        drive: { value: 6, from: 'user' },
        builtInVoltage: { value: 2.3, from: 'user' },
      },
      settings: [settings.value],
      windows: {},
    });
    if (!answer.ok) throw new Error(answer.issues[0].message);
    const outcome = answer.value.outcomes[0]!;
    const made = analyseRecord(outcome);
    const before = JSON.stringify(made);
    const fromRecord = compareWithPapers(made);
    const fromResult = compareWithPapers({
      recipe: outcome.recipe,
      quantities: outcome.results.flatMap((result) => result.quantities),
    });
    expect(JSON.stringify(made)).toBe(before);
    expect(fromRecord.map(({ note }) => note.id)).toContain('X1');
    expect(fromResult).toEqual(fromRecord);
    expect(writeNotes(fromRecord)).toMatch(/X1 {2}mobility[\s\S]*gives .*3\.556e-3[\s\S]*yours .*cm\^2/);
  });
});
