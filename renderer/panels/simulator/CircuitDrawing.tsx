import { formatEngineering, formatParts } from '../../../src/units/format-value.ts';
import type { CircuitReading, DeviceReading } from '../../state/simulator/read-circuit.ts';

const TOP = 40;
const WIDTH = 56;

function volts(value: number): string {
  return formatParts(value, null, 'V', { digits: 4, exponent: 0 }).text;
}

function Filament({ on }: { readonly on: boolean }) {
  return (
    <>
      <path d="M0 11h14M42 11h14" className="wire" />
      <rect x="14" y="6" width="28" height="10" className={on ? 'filament on' : 'filament'} />
    </>
  );
}

function Cell({ device, y }: { readonly device: DeviceReading; readonly y: number }) {
  const turn = device.pointsRight ? '' : 'translate(56 0) scale(-1 1)';
  return (
    <g transform={`translate(0 ${y})`}>
      <path d="M8 0h40" className="wire thin" />
      <g transform={turn} className={device.emits ? 'cell lit' : 'cell'}>
        <path d="M24-4l8 4-8 4z" />
        <path d="M32-4v8" />
      </g>
      {device.emits && (
        <path d="M36-6l6-7m-4.5.5 4.500-.5-.2 4.500M43-4l6-7m-4.500.5 4.500-.5-.2 4.500" className="rays" />
      )}
    </g>
  );
}

function stateWords({ on, emits, name }: DeviceReading): string {
  const state = on === null ? '' : on ? 'ON' : 'OFF';
  const light = emits ? 'emits' : '';
  const words = [state, light].filter(Boolean).join(', ');
  return words || (name === 'device' ? 'dark' : '');
}

function Device({ device, x }: { readonly device: DeviceReading; readonly x: number }) {
  const both = device.hasFilament && device.hasCell;
  const name = device.name === 'device' ? '' : `${device.name} `;
  return (
    <g>
      <g transform={`translate(${x} ${TOP - 18})`}>
        <rect width={WIDTH} height="36" rx="4" className="box" />
        {device.hasFilament && (
          <g transform={both ? undefined : 'translate(0 7)'}>
            <Filament on={device.on ?? false} />
          </g>
        )}
        {device.hasCell && <Cell device={device} y={both ? 26 : 18} />}
      </g>
      <text className="an b" x={x + WIDTH / 2} y="15" textAnchor="middle">
        {name}
        {volts(device.voltage_V)}
      </text>
      <text className="tl dim" x={x + WIDTH / 2} y="72" textAnchor="middle">
        {stateWords(device)}
      </text>
    </g>
  );
}

function describe({ source_V, current_A, devices }: CircuitReading): string {
  const parts = devices.map((device) =>
    `${device.name} ${volts(device.voltage_V)} ${stateWords(device)}`.trim(),
  );
  return `Circuit at ${volts(source_V)}, ${formatEngineering(current_A, 'A')}: ${parts.join('; ')}`;
}

/** The circuit as it stands at the cursor: voltages, current, which filament is ON, which device emits. */
export function CircuitDrawing({ reading }: { readonly reading: CircuitReading }) {
  const { devices } = reading;
  const places = devices.length === 2 ? [62, 186] : [130];
  const last = places.at(-1)! + WIDTH;
  const middle = devices.length === 2 ? 152 : 228;
  return (
    <svg
      width="316"
      height="94"
      viewBox="0 0 316 94"
      role="img"
      aria-label={describe(reading)}
      className="circuit"
    >
      <path
        d={`M24 ${TOP}H${places[0]}M${last} ${TOP}H292M24 ${TOP}v6M24 62v16M292 ${TOP}v38M24 78H292`}
        className="wire"
      />
      {devices.length === 2 && <path d={`M${62 + WIDTH} ${TOP}H186`} className="wire" />}
      <circle cx="24" cy="54" r="8" className="wire" />
      <path d="M24 50.500v7M20.500 54h7M288 78h8" className="wire" />
      {devices.map((device, index) => (
        <Device key={device.name} device={device} x={places[index]!} />
      ))}
      <text className="an" x={middle} y={TOP - 6} textAnchor="middle">
        {formatEngineering(reading.current_A, 'A')}
      </text>
      <text className="an" x="36" y="91">
        {volts(reading.source_V)}
      </text>
    </svg>
  );
}
