import type { ReactNode } from 'react';
import { Icon, type IconId } from './Icon.tsx';

interface Common {
  readonly onClick: () => void;
  readonly disabled?: boolean | undefined;
  readonly className?: string;
  readonly style?: React.CSSProperties;
}

/** A verb with its object, and its key where it has one. */
export function Button({
  children,
  icon,
  keys,
  primary = false,
  ghost = false,
  small = false,
  ...rest
}: Common & {
  readonly children: ReactNode;
  readonly icon?: IconId;
  readonly keys?: string;
  readonly primary?: boolean;
  readonly ghost?: boolean;
  readonly small?: boolean;
}) {
  const kind = `btn ${primary ? 'pri' : ''} ${ghost ? 'ghost' : ''} ${small ? 'sm' : ''} ${rest.className ?? ''}`;
  return (
    <button type="button" className={kind} disabled={rest.disabled} onClick={rest.onClick} style={rest.style}>
      {icon && <Icon id={icon} />}
      {children}
      {keys && <kbd>{keys}</kbd>}
    </button>
  );
}

/** A drawing with a name; its tooltip says the key. */
export function IconButton({
  icon,
  label,
  keys,
  pressed,
  small = false,
  ...rest
}: Common & {
  readonly icon: IconId;
  readonly label: string;
  readonly keys?: string;
  readonly pressed?: boolean;
  readonly small?: boolean;
}) {
  return (
    <button
      type="button"
      className={`ib ${small ? 's' : ''} ${rest.className ?? ''}`}
      aria-label={keys ? `${label}, ${keys}` : label}
      aria-pressed={pressed}
      data-tip={label}
      data-key={keys}
      disabled={rest.disabled}
      onClick={rest.onClick}
      style={rest.style}
    >
      <Icon id={icon} />
    </button>
  );
}

export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  height,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly id: T; readonly text: ReactNode }[];
  readonly onChange: (id: T) => void;
  readonly height?: number;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one row of segments
    <div className="seg" role="group" aria-label={label} style={height ? { height } : undefined}>
      {options.map((option) => (
        <button
          type="button"
          key={option.id}
          aria-pressed={option.id === value}
          onClick={() => onChange(option.id)}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}
