import { IMPORTERS } from '../../../src/importers/registry.ts';
import { PHOTON_ENERGY_FROM } from '../../../src/pipeline/photon-energy.ts';
import { MINUS } from '../../../src/units/format-value.ts';
import { showUnit } from '../../../src/units/prefixes.ts';
import { Button } from '../../components/Button.tsx';
import { noteDevice } from '../../state/project-actions.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import type { Selected } from '../frame/use-selected.ts';

const ROWS_SHOWN = 200;

/** Digits enough to know the row again; small numbers with a power of ten, as raw text has them. */
function writeCell(value: number): string {
  const size = Math.abs(value);
  const text = size !== 0 && size < 1e-3 ? value.toExponential(5) : String(Number(value.toPrecision(7)));
  return text.replaceAll('-', MINUS);
}

/** Where the curve comes from and its rows as read, in SI; the file itself is never changed. */
export function DataTab({ selected }: { readonly selected: Selected }) {
  const session = useSession();
  const workspace = useWorkspace();
  const { measurement } = selected;
  const { curve, source, instrument } = measurement;
  const device = workspace.devices[measurement.deviceId];
  const made = [instrument.vendor, instrument.model].filter(Boolean).join(' ');
  const rows = Math.min(curve.length, ROWS_SHOWN);
  return (
    <>
      <section className="sec" aria-label="Source">
        <dl className="kv wide">
          <dt>File</dt>
          <dd className="el" title={source.file}>
            {source.file}
          </dd>
          <dt>Read as</dt>
          <dd>{IMPORTERS.get(source.format)?.label ?? source.format}</dd>
          {made && <dt>Instrument</dt>}
          {made && <dd>{made}</dd>}
          {measurement.recordedAt && <dt>Recorded</dt>}
          {measurement.recordedAt && <dd>{measurement.recordedAt.replace('T', ' ')}</dd>}
          {measurement.metadata['joined from'] && <dt>Joined from</dt>}
          {measurement.metadata['joined from'] && <dd>{measurement.metadata['joined from']}</dd>}
          {measurement.metadata[PHOTON_ENERGY_FROM] && <dt>Photon energy from</dt>}
          {measurement.metadata[PHOTON_ENERGY_FROM] && <dd>{measurement.metadata[PHOTON_ENERGY_FROM]}</dd>}
          <dt>SHA-256</dt>
          <dd className="el mono" title={source.sha256}>
            {source.sha256.slice(0, 16)}…
          </dd>
        </dl>
        <div className="row source-acts">
          <Button small onClick={() => void session.unknown.open([source.file])}>
            Open as table…
          </Button>
          <Button small onClick={() => session.setView({ overlay: 'group' })}>
            Group or join…
          </Button>
        </div>
      </section>
      <section className="sec" aria-label="Note">
        <label className="t12 b">
          Note on {measurement.deviceId}
          <textarea
            key={measurement.deviceId}
            defaultValue={device?.note ?? ''}
            rows={2}
            onBlur={(event) => {
              const note = event.target.value;
              if (note !== (device?.note ?? ''))
                session.step(`note on ${measurement.deviceId}`, (now) =>
                  noteDevice(now, measurement.deviceId, note),
                );
            }}
          />
        </label>
      </section>
      <section className="sec last" aria-label="Rows">
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">row</th>
              {curve.columns.map((column) => (
                <th key={column.label} scope="col" className="num" title={column.origin?.header}>
                  {column.label}
                  <small>
                    {column.role}
                    {showUnit(column.unit) && `, ${showUnit(column.unit)}`}
                  </small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are their numbers
              <tr key={row}>
                <td className="t3">{row + 1}</td>
                {curve.columns.map((column) => {
                  const value = column.data[row]!;
                  return (
                    <td key={column.label} className="num mono">
                      {Number.isNaN(value) ? '' : writeCell(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {curve.length > rows && (
          <p className="t11 t3 pad">
            The first {rows} of {curve.length} rows.
          </p>
        )}
      </section>
    </>
  );
}
