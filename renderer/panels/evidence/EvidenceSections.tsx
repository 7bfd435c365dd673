import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { Fold } from '../../components/Fold.tsx';
import { Select } from '../../components/Select.tsx';
import { type DefinitionTable as Table, tabulateDefinitions } from '../../state/definitions.ts';
import { quantitiesOf } from '../../state/device-status.ts';
import { setCondition, setStepOption } from '../../state/project-actions.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import type { Selected } from '../frame/use-selected.ts';
import { DefinitionTable } from './DefinitionTable.tsx';
import { DifferentialChecks } from './DifferentialChecks.tsx';
import { MechanismTable } from './MechanismTable.tsx';
import { writeConvention } from './words.ts';

/** Quantities that are shown together, with the name of the section. */
const GROUPS: readonly { readonly title: string; readonly ids: readonly Quantity['id'][] }[] = [
  { title: 'Definitions of turn-on voltage', ids: ['turnOnVoltage'] },
  { title: 'Definitions of SET and RESET', ids: ['setVoltage', 'resetVoltage'] },
  { title: 'Onset options', ids: ['delayTime'] },
  {
    title: 'Peak options',
    ids: ['peakWavelength', 'centroidWavelength', 'fwhm', 'peakEnergy', 'fwhmEnergy'],
  },
];

/** Shown elsewhere: with their plots, in the ranked table, or as lines of their own. */
const ELSEWHERE: readonly Quantity['id'][] = [
  'mechanismWeight',
  'extractedPermittivity',
  'regimeSlope',
  'regionBoundary',
  'regionCurrent',
  'regionResistance',
  'regionSlope',
  'coefficientOfVariation',
  'weibullShape',
  'weibullScale',
  'spreadDecades',
  ...GROUPS.flatMap(({ ids }) => ids),
];

/** The definition in force, and how many others there are. */
function summarise(tables: readonly Table[]): string {
  const [first] = tables;
  const chosen = first?.rows[0];
  if (!chosen) return '';
  const count = tables.reduce((sum, table) => sum + table.rows.length, 0);
  return `${writeConvention(chosen.convention)}, 1 of ${count}`;
}

function DelayReference() {
  const session = useSession();
  const { conditions } = useWorkspace();
  const value = String(conditions.delayReference?.value ?? '50%');
  return (
    <div className="row t11">
      Start of the delay
      <span className="sp" />
      <Select
        label="Start of the delay"
        value={value}
        options={[
          { id: '50%', text: '50 % of the drive' },
          { id: '10%', text: '10 % of the drive' },
          { id: 'noise', text: 'drive leaves its noise' },
        ]}
        onChange={(next) =>
          session.step(`the delay starts at ${next} of the drive`, (now) =>
            setCondition(now, 'delayReference', { value: next, from: 'user' }),
          )
        }
      />
    </div>
  );
}

function Baseline() {
  const session = useSession();
  const { stepOptions } = useWorkspace();
  const value = String(stepOptions['emission-spectrum']?.['baseline'] ?? 'zero');
  return (
    <div className="row t11">
      Baseline
      <span className="sp" />
      <Select
        label="Baseline of the spectrum"
        value={value}
        options={[
          { id: 'zero', text: 'zero' },
          { id: 'ends', text: 'line through the ends' },
        ]}
        onChange={(next) =>
          session.step(`baseline of spectra: ${next}`, (now) =>
            setStepOption(now, 'emission-spectrum', 'baseline', next),
          )
        }
      />
    </div>
  );
}

/** Below the quantities: each definition, check and ranking that stands behind them, folded. */
export function EvidenceSections({ selected }: { readonly selected: Selected }) {
  const quantities = quantitiesOf(selected.outcome);
  const checks = new Set(
    selected.outcome?.results
      .filter((result) => result.analysis === 'differential-checks')
      .flatMap((result) => result.quantities),
  );
  const own = quantities.filter((quantity) => !checks.has(quantity));
  const groups = GROUPS.map(({ title, ids }) => ({
    title,
    tables: ids.map((id) => tabulateDefinitions(own, id)).filter((table) => table.rows.length > 0),
  })).filter(({ tables }) => tables.some((table) => table.rows.length > 1));
  const others = [...new Set(own.map((quantity) => quantity.id))]
    .filter((id) => !ELSEWHERE.includes(id))
    .map((id) => tabulateDefinitions(own, id))
    .filter((table) => table.rows.length > 2);
  return (
    <>
      {groups.map(({ title, tables }) => (
        <Fold key={title} title={title} summary={summarise(tables)}>
          {() => (
            <>
              {tables.map((table) => (
                <DefinitionTable key={table.id} table={table} selected={selected} />
              ))}
              {title === 'Onset options' && <DelayReference />}
              {title === 'Peak options' && <Baseline />}
            </>
          )}
        </Fold>
      ))}
      <DifferentialChecks selected={selected} />
      <MechanismTable selected={selected} />
      {others.map((table) => (
        <Fold
          key={table.id}
          title={`${QUANTITIES[table.id].label} by definition`}
          summary={String(table.rows.length)}
        >
          {() => <DefinitionTable table={table} selected={selected} />}
        </Fold>
      ))}
    </>
  );
}
