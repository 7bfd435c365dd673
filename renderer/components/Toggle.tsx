import { Icon } from './Icon.tsx';

export function Toggle({
  label,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label className="row t12 t2 toggle">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span className={`chk ${checked ? 'on' : ''}`}>{checked && <Icon id="check" />}</span>
      {label}
    </label>
  );
}
