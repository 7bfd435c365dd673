import { compileNamePattern, deviceOfFields, matchName } from '../../../src/importers/name-pattern.ts';
import { Status } from '../../components/Status.tsx';

const SHOWN_NAMES = 4;

/** What a pattern finds in the names, as it is typed. */
export function PatternTrial({
  pattern,
  names,
  shown = SHOWN_NAMES,
}: {
  readonly pattern: string;
  readonly names: readonly string[];
  /** How many names are listed. */
  readonly shown?: number;
}) {
  if (pattern.trim() === '')
    return (
      <p className="t11 t3">
        Such as {'{date}_{batch}_d{device}_p{pixel}'}: fills device, date and conditions from the name.
      </p>
    );
  const compiled = compileNamePattern(pattern);
  if (!compiled.ok)
    return (
      <p className="t11 c-fail" role="status">
        Character {compiled.position + 1}: {compiled.message}.
      </p>
    );
  const found = names.map((name) => ({ name, fields: matchName(compiled.pattern, name) }));
  const fitting = found.filter(({ fields }) => fields !== null);
  return (
    <>
      <ul className="import-names">
        {found.slice(0, shown).map(({ name, fields }) => (
          <li key={name} className="t11">
            <span className="mono el">{name.slice(name.lastIndexOf('/') + 1)}</span>
            <span className="t3 el">
              {fields
                ? `${[...fields].map(([field, text]) => `${field} ${text}`).join(', ')}${
                    deviceOfFields(fields) ? `: device ${deviceOfFields(fields)}` : ''
                  }`
                : 'does not fit'}
            </span>
          </li>
        ))}
      </ul>
      <p className="row t11" role="status">
        <Status of={fitting.length === names.length ? 'ok' : 'flagged'} />
        {fitting.length} of {names.length} names fit the pattern
      </p>
    </>
  );
}
