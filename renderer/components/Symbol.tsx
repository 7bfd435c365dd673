import { Fragment } from 'react';

/** Words that stay upright though they stand where a symbol does. */
const WORD =
  /^(ln|[A-Za-z]{4,}|type|gap|bits|low|high|emits|colour|ON|OFF|STP|LER|EQE|CV|BW|RC|OS|US|NL|RR|HI|PPI|RI)$/;

/** Models spell Greek letters out, because formulas are typed; readers see the letter. */
const GREEK: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  omega: 'ω',
};

/** `tau_1` as `τ_1`; anything else stays as it is. */
export function writeGreek(symbol: string): string {
  return symbol.replace(/^[a-z]+(?=_|$)/, (word) => GREEK[word] ?? word);
}

function Part({ text }: { readonly text: string }) {
  const [base = '', ...rest] = writeGreek(text).split('_');
  const below = rest.join('_');
  const sign = /^[^\p{L}]+$/u.test(base);
  // bars of a magnitude stay upright
  const bars = base.split('∣');
  const italic = (text: string) => <span className="m">{text}</span>;
  const body =
    WORD.test(base) || sign ? (
      base
    ) : bars.length === 3 ? (
      <>
        {italic(bars[0]!)}|{italic(bars[1]!)}|{italic(bars[2]!)}
      </>
    ) : (
      italic(base)
    );
  return (
    <>
      {body}
      {below && (
        <span className="m">
          <sub>{below}</sub>
        </span>
      )}
    </>
  );
}

/** A symbol of the model (`V_on`, `ln I_s`, `R_hi/R_lo`): italic serif, upright subscripts. */
export function MathSymbol({ text }: { readonly text: string }) {
  const parts = text.split(/([ /])/);
  return (
    <span className="nw">
      {parts.map((part, index) =>
        part === ' ' || part === '/' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one constant text
          <Fragment key={index}>{part === ' ' ? '\u202f' : part}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one constant text
          <Part key={index} text={part} />
        ),
      )}
    </span>
  );
}

/** The same for an accessible name: `V on`. */
export function plainSymbol(text: string): string {
  return writeGreek(text).replaceAll('_', ' ');
}
