import { useMemo } from 'react';
import { describeDevices } from '../../../src/batch/describe-devices.ts';
import { collectDeviceValues, type DeviceCurve } from '../../../src/batch/device-values.ts';
import type { DeviceId, MeasurementId } from '../../../src/model/ids.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { formatParts } from '../../../src/units/format-value.ts';
import { valueAxis } from '../../plot/value-axis.ts';
import { nameDevices } from '../../state/device-selection.ts';
import { currentOutcome } from '../../state/results.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';

const WIDTH = 320;
const HEIGHT = 56;
const ROW = 18;

/** The quantity of the map over the devices of the group in one line: median, MAD, and a dot each; those left out hollow. */
export function MedianStrip({
  ids,
  quantity,
}: {
  readonly ids: readonly MeasurementId[];
  readonly quantity: Quantity;
}) {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const found = useMemo(() => {
    const read = (mark: 'outlier' | null) => {
      const curves = ids.flatMap((id): DeviceCurve[] => {
        const device: DeviceId = workspace.measurements[id]!.deviceId;
        const current = currentOutcome(results, workspace, id);
        return (workspace.devices[device]?.mark ?? null) === mark && current && !current.outOfDate
          ? [{ id, device, results: current.outcome.results }]
          : [];
      });
      const { devices, unit } = collectDeviceValues(curves, quantity);
      return { unit, devices: devices.filter(({ value, bound }) => value !== null && bound === null) };
    };
    const counted = read(null);
    return { ...counted, apart: read('outlier').devices, statistics: describeDevices(counted.devices) };
  }, [ids, quantity, workspace, results]);
  const { devices, apart, unit, statistics } = found;
  if (devices.length < 3 || statistics.median === null) return null;
  const axis = valueAxis(
    devices.map(({ value }) => value!),
    unit,
    'linear',
    4,
    apart.map(({ value }) => value!),
  );
  const sx = (value: number) => 8 + ((axis.place(value) - axis.low) / (axis.high - axis.low)) * (WIDTH - 16);
  const spread = statistics.scaledMad ?? 0;
  const write = (value: number, digits: number) => formatParts(value, null, unit, { digits }).text;
  const dots = devices.filter(({ value }) => sx(value!) >= 0 && sx(value!) <= WIDTH);
  const far = devices.length - dots.length;
  return (
    <section className="mini" aria-label="Median of the map's quantity">
      <p className="row t12 strip-head">
        <b>Median {write(statistics.median, 3)}</b>
        <span className="t2">
          MAD {write(spread, 2)}, {devices.length} devices
        </span>
        <span className="sp" />
        <span className="t11 t3 el">
          {apart.length > 0
            ? `${nameDevices(apart.map(({ device }) => workspace.devices[device]?.name ?? device))} apart`
            : far > 0
              ? `${far} off the scale`
              : ''}
        </span>
      </p>
      <svg
        width="100%"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${devices.length} devices about a median of ${write(statistics.median, 3)}`}
      >
        <rect
          x={sx(statistics.median - spread)}
          y="4"
          width={Math.max(0, sx(statistics.median + spread) - sx(statistics.median - spread))}
          height="28"
          fill="var(--sunken)"
        />
        <path d={`M${sx(statistics.median)} 3v30`} stroke="var(--text)" strokeWidth="1.8" />
        {dots.map(({ device, value }, index) => (
          <circle
            key={device}
            cx={sx(value!)}
            cy={ROW + 9 * (((index * 0.618034) % 1) * 2 - 1)}
            r="2.8"
            fill="var(--d1)"
          >
            <title>{`${workspace.devices[device]?.name ?? device} ${write(value!, 4)}`}</title>
          </circle>
        ))}
        {apart.map(({ device, value }) => (
          <circle
            key={device}
            cx={sx(value!)}
            cy={ROW}
            r="3"
            fill="none"
            stroke="var(--masked)"
            strokeWidth="1.4"
          >
            <title>{`${workspace.devices[device]?.name ?? device} ${write(value!, 4)}, left out`}</title>
          </circle>
        ))}
        <path className="ax" d={`M4 38H${WIDTH - 4}`} style={{ stroke: 'var(--line-2)' }} />
        {axis.ticks.map((tick) => (
          <text
            key={tick.at}
            className="tl dim"
            x={8 + ((tick.at - axis.low) / (axis.high - axis.low)) * (WIDTH - 16)}
            y="51"
            textAnchor="middle"
          >
            {tick.text}
          </text>
        ))}
      </svg>
    </section>
  );
}
