import { Fragment } from 'react';
import { writeGreek } from '../components/Symbol.tsx';

/** `V_on`, `ln I_s` or `R_hi/R_lo` inside an SVG text: italic serif, upright subscripts. */
export function SvgSymbol({ text }: { readonly text: string }) {
  return text.split(/([ /])/).map((part, index) => {
    const [base = '', ...rest] = writeGreek(part).split('_');
    const below = rest.join('_');
    const upright = part === ' ' || part === '/' || /^(ln|[A-Z]{2,}|[A-Za-z]{4,})$/.test(base);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one constant text
      <Fragment key={index}>
        <tspan {...(upright ? {} : { className: 'mi' })}>{base}</tspan>
        {below && (
          <>
            <tspan style={{ fontSize: 9 }} dy="3">
              {below}
            </tspan>
            <tspan dy="-3">{'\u200a'}</tspan>
          </>
        )}
      </Fragment>
    );
  });
}
