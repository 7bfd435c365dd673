import { SHAPES, type ShapeId } from './shapes.ts';

/** All drawings, once a page; everything else refers to them. The text is our own constant, never user data. */
export function Sprite() {
  const symbols = Object.entries(SHAPES)
    .map(([id, { box, body }]) => `<symbol id="${id}" viewBox="${box}">${body}</symbol>`)
    .join('');
  const hatch =
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    '<path d="M0 0V5" stroke="var(--text-3)" stroke-width="1"/></pattern>';
  return (
    <svg
      width="0"
      height="0"
      style={{ position: 'absolute' }}
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constant drawings of this file's neighbour
      dangerouslySetInnerHTML={{ __html: `<defs>${symbols}${hatch}</defs>` }}
    />
  );
}

export type IconId = Extract<ShapeId, `i-${string}`> extends `i-${infer Name}` ? Name : never;

export function Icon({ id, className = '' }: { readonly id: IconId; readonly className?: string }) {
  return (
    <svg className={`ic ${className}`} aria-hidden="true">
      <use href={`#i-${id}`} />
    </svg>
  );
}
