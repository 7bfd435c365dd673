import { Icon } from './Icon.tsx';

/** The system's own list under our own face: it works with every keyboard, reader and language. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  framed = false,
  style,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly id: T; readonly text: string }[];
  readonly onChange: (id: T) => void;
  readonly framed?: boolean;
  readonly style?: React.CSSProperties;
}) {
  return (
    <span className={`sel-box btn sm ${framed ? '' : 'ghost'}`} style={style}>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
      <Icon id="chev" />
    </span>
  );
}

/** The same with headings between the choices. */
export function GroupedSelect({
  label,
  value,
  groups,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly groups: readonly {
    readonly name: string;
    readonly options: readonly { readonly id: string; readonly text: string }[];
  }[];
  readonly onChange: (id: string) => void;
}) {
  return (
    <span className="sel-box btn sm">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {groups.map((group) => (
          <optgroup key={group.name} label={group.name}>
            {group.options.map((option) => (
              <option key={option.id} value={option.id}>
                {option.text}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Icon id="chev" />
    </span>
  );
}
