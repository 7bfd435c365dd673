import { median } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput } from '../given-inputs.ts';
import { drawLeftOut } from '../masked-points.ts';
import { reportFittedLines } from './fitted-line.ts';
import {
  ENERGY_WAVELENGTH,
  LEAST_SATURATED,
  prepareSpectrum,
  type Spectrum,
  toEnergyAxis,
  toEnergyScale,
} from './prepare-spectrum.ts';
import { COLOR_IDS, reportColor } from './report-color.ts';
import { computeCentroid, findMaxima, measureLine, type SpectralLine } from './spectral-line.ts';
import { interval95, nm, refuseAll } from './spectrum-records.ts';

const FIRST_CONVENTION = 'parabola, top 10 %';
const LINE_IDS = ['peakWavelength', 'fwhm', 'peakEnergy', 'fwhmEnergy', 'centroidWavelength'] as const;
/** Without a known instrument width, narrower lines than this are likely the instrument's own. */
const UNRESOLVED_BELOW_M = 5e-9;
const SECOND_PEAK = 0.2;

/** Peak, widths and their energies of the strongest line. */
function reportLine(
  input: AnalysisInput,
  spectrum: Spectrum,
): { quantities: Quantity[]; line: SpectralLine | null } {
  const method = 'parabola';
  const { wavelength_m: x, intensity: y, noise } = spectrum;
  const { maxima, spikes } = findMaxima(y, noise);
  const shared: Issue[] = [...spectrum.reasons];
  if (spikes.length > 0)
    shared.push(info('NOTE', `${spikes.length} spikes narrower than 3 pixels were passed over.`));
  const [top, ...others] = maxima;
  if (!top) {
    const reason = warning(
      'BELOW_NOISE_FLOOR',
      `No line of at least 3 pixels stands 10 noise widths (${(10 * median(noise)).toPrecision(2)}) above its surroundings.`,
    );
    return { quantities: refuseAll(LINE_IDS, [reason, ...shared], method), line: null };
  }
  if (spectrum.saturated >= LEAST_SATURATED) {
    const reason = warning(
      'SATURATED',
      `${spectrum.saturated} neighbouring pixels sit at the same maximum: the detector is at the end of its range, and no peak is read from the wings.`,
      { hint: 'Shorten the integration time.' },
    );
    return { quantities: refuseAll(LINE_IDS, [reason, ...shared], method), line: null };
  }
  const line = measureLine(x, y, top.index, noise);
  const strong = others.filter((other) => other.prominence > SECOND_PEAK * top.prominence);
  const peakReasons = [...shared];
  if (strong.length > 0)
    peakReasons.push(
      warning('MULTI_PEAK', `Further lines at ${strong.map((other) => nm(x[other.index]!)).join(', ')} nm.`),
    );
  if (line.runTooShort)
    peakReasons.push(
      warning(
        'RESOLUTION_LIMITED',
        `Fewer than 5 pixels of the line lie above half its height (${line.pixels}).`,
      ),
    );
  const range = { role: 'wavelength', from: line.run.from, to: line.run.to } as const;
  const centroid = computeCentroid(x, y, top.index, noise, line.pixels);
  const pitch = 0.5 * (x[Math.min(x.length - 1, top.index + 1)]! - x[Math.max(0, top.index - 1)]!);
  const quantities: Quantity[] = [];
  if (line.atEdge) {
    const reason = warning(
      'PEAK_AT_EDGE',
      `The curve does not fall to half on both sides of its maximum at ${nm(line.argmax)} nm (data ${nm(x[0]!)} to ${nm(x.at(-1)!)} nm).`,
    );
    return { quantities: refuseAll(LINE_IDS, [reason, ...peakReasons], method), line };
  }
  quantities.push(
    determined('peakWavelength', {
      value: line.peak,
      standardUncertainty: line.peakError,
      interval95: interval95(line.peak, line.peakError, line.run.points - 3),
      reasons: peakReasons,
      method,
      convention: FIRST_CONVENTION,
      range,
    }),
    determined('peakWavelength', {
      value: line.argmax,
      // somewhere on its pixel
      standardUncertainty: pitch / Math.sqrt(12),
      interval95: [line.argmax - pitch / 2, line.argmax + pitch / 2],
      reasons: peakReasons,
      method: 'argmax',
      convention: 'largest pixel',
    }),
    ...refuseMerged(
      [...reportWidth(input, line, peakReasons), ...reportEnergies(input, spectrum, line, peakReasons)],
      line,
      strong.map((other) => x[other.index]!),
    ),
    determined('centroidWavelength', {
      value: centroid.value,
      standardUncertainty: centroid.error,
      reasons: peakReasons,
      method: 'centroid',
      convention: 'above 5 % of the peak',
    }),
    ...(strong.length === 0 && !line.widthsDiffer ? reportFittedLines(spectrum, line, peakReasons) : []),
  );
  return { quantities, line };
}

/** A width that takes in other strong lines is no width of one line. @param others their wavelengths [m] */
function refuseMerged(
  quantities: readonly Quantity[],
  line: SpectralLine,
  others: readonly number[],
): readonly Quantity[] {
  const [left, right] = line.nearest;
  const inside = others.filter((at) => at > left! && at < right!);
  if (inside.length === 0) return quantities;
  const reason = warning(
    'MULTI_PEAK',
    `Between the half-height crossings ${nm(left!)} and ${nm(right!)} nm lie further lines at ${inside.map(nm).join(', ')} nm: ${nm(line.fwhm!)} nm is no width of one line.`,
  );
  return quantities.map((quantity) =>
    quantity.id === 'peakEnergy'
      ? quantity
      : refused(quantity.id, [reason, ...quantity.reasons], {
          method: quantity.method,
          convention: quantity.convention,
          inputs: quantity.inputs,
        }),
  );
}

/** Width as measured against what the instrument makes of an infinitely narrow line. */
function reportWidth(input: AnalysisInput, line: SpectralLine, shared: readonly Issue[]): Quantity[] {
  const measured = line.fwhm!;
  const [nearLeft, nearRight] = line.nearest;
  const [farLeft, farRight] = line.outermost;
  const reasons = [...shared];
  if (line.widthsDiffer)
    reasons.push(
      warning(
        'MULTI_PEAK',
        `The nearest half-height crossings are ${nm(nearRight! - nearLeft!)} nm apart, the outermost ${nm(farRight! - farLeft!)} nm; the nearest are taken.`,
      ),
    );
  const instrument = findInput(input.conditions, 'instrumentLineWidth');
  const inputs = collectInputs(input.conditions, ['instrumentLineWidth']);
  const context: QuantityContext = {
    method: 'half-height crossings',
    convention: 'mean of nearest and outermost crossings',
    inputs,
    range: { role: 'wavelength', from: nearLeft!, to: nearRight! },
  };
  const limited = (why: string): Quantity =>
    bounded('fwhm', 'upper', measured, [warning('RESOLUTION_LIMITED', why), ...reasons], context);
  if (!(line.fwhmError < measured))
    return [
      refused(
        'fwhm',
        [
          warning(
            'BELOW_NOISE_FLOOR',
            `The half-height crossings ${nm(measured)} nm apart are uncertain by ${nm(line.fwhmError)} nm: noise decides where they lie.`,
          ),
          ...reasons,
        ],
        context,
      ),
    ];
  const pitch = line.pitch;
  if (line.pixels < 3 || measured < 3 * pitch)
    return [
      limited(
        `The line is ${(measured / pitch).toFixed(1)} pixels of ${nm(pitch)} nm wide at half height (3 needed).`,
      ),
    ];
  if (instrument && measured < 1.5 * instrument.value)
    return [
      limited(
        `The measured width ${nm(measured)} nm is less than 1.5 times the instrument's ${nm(instrument.value)} nm.`,
      ),
    ];
  if (!instrument) {
    if (measured < UNRESOLVED_BELOW_M)
      reasons.push(
        warning(
          'RESOLUTION_LIMITED',
          `The width ${nm(measured)} nm is below 5 nm and the instrument line width is not known.`,
          { hint: 'Set instrumentLineWidth.' },
        ),
      );
    return [
      determined('fwhm', {
        ...context,
        value: measured,
        standardUncertainty: line.fwhmError,
        interval95: interval95(measured, line.fwhmError),
        reasons,
      }),
    ];
  }
  const value = Math.sqrt(measured ** 2 - instrument.value ** 2);
  const u = (measured * line.fwhmError) / value;
  return [
    determined('fwhm', {
      ...context,
      convention: 'instrument line taken off in quadrature',
      value,
      standardUncertainty: u,
      interval95: interval95(value, u),
      reasons,
    }),
    determined('fwhm', {
      ...context,
      value: measured,
      standardUncertainty: line.fwhmError,
      interval95: interval95(measured, line.fwhmError),
      reasons,
    }),
  ];
}

/** Peak and width on the energy axis with the Jacobian first, the bare conversion of the wavelengths after it. */
function reportEnergies(
  input: AnalysisInput,
  spectrum: Spectrum,
  line: SpectralLine,
  shared: readonly Issue[],
): Quantity[] {
  const { x, y } = toEnergyAxis(spectrum);
  const goal = ENERGY_WAVELENGTH / line.peak;
  let index = 0;
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]! - goal) < Math.abs(x[index]! - goal)) index = i;
  // the Jacobian moves the maximum: climb to it from the converted one, over the width of the line
  const reach = Math.max(3, line.pixels);
  for (let i = Math.max(0, index - reach), best = index; i < Math.min(x.length, index + reach); i++) {
    if (y[i]! > y[best]!) best = i;
    index = best;
  }
  const energyLine = measureLine(x, y, index, toEnergyScale(spectrum.noise, spectrum));
  const quantities: Quantity[] = [];
  // with the Jacobian a red line may rise above the one that was measured: that is another line
  const another = Math.abs(ENERGY_WAVELENGTH / energyLine.peak - line.peak) > 0.5 * line.fwhm!;
  const jacobian = 'per energy, with the Jacobian';
  const bare = 'converted from the wavelength';
  const edge = warning(
    'PEAK_AT_EDGE',
    'The line does not fall to half on both sides of its maximum on the energy axis.',
  );
  if (energyLine.atEdge || energyLine.fwhm === null || another) {
    const why = another
      ? warning(
          'MULTI_PEAK',
          `Per photon energy the maximum is at ${energyLine.peak.toFixed(4)} eV, not on the line at ${goal.toFixed(4)} eV (${nm(line.peak)} nm).`,
        )
      : edge;
    for (const id of ['peakEnergy', 'fwhmEnergy'] as const)
      quantities.push(refused(id, [why, ...shared], { method: 'parabola', convention: jacobian }));
    return quantities;
  }
  const u = line.peakError * (goal / line.peak);
  const width = line.fwhm!;
  const centre = 0.5 * (line.nearest[0]! + line.nearest[1]!);
  const converted = ENERGY_WAVELENGTH / (centre - width / 2) - ENERGY_WAVELENGTH / (centre + width / 2);
  const widthReasons = energyLine.widthsDiffer
    ? [
        ...shared,
        warning('MULTI_PEAK', 'Nearest and outermost half-height crossings differ by more than 10 %.'),
      ]
    : shared;
  const instrument = collectInputs(input.conditions, ['instrumentLineWidth']);
  return [
    determined('peakEnergy', {
      value: energyLine.peak,
      standardUncertainty: energyLine.peakError,
      interval95: interval95(energyLine.peak, energyLine.peakError, energyLine.run.points - 3),
      reasons: shared,
      method: 'parabola',
      convention: jacobian,
    }),
    determined('peakEnergy', {
      value: goal,
      standardUncertainty: u,
      interval95: interval95(goal, u, line.run.points - 3),
      reasons: shared,
      method: 'parabola',
      convention: bare,
    }),
    determined('fwhmEnergy', {
      value: energyLine.fwhm,
      standardUncertainty: energyLine.fwhmError,
      interval95: interval95(energyLine.fwhm, energyLine.fwhmError),
      reasons: widthReasons,
      method: 'half-height crossings',
      convention: jacobian,
      inputs: instrument,
    }),
    determined('fwhmEnergy', {
      value: converted,
      standardUncertainty: (converted / width) * line.fwhmError,
      interval95: interval95(converted, (converted / width) * line.fwhmError),
      reasons: widthReasons,
      method: 'half-height crossings',
      convention: bare,
      inputs: instrument,
    }),
  ];
}

/** The parabola over its run, and the half-height level between its crossings. */
function drawLine(line: SpectralLine): Overlay[] {
  const count = 41;
  const x = Float64Array.from(
    { length: count },
    (_, i) => line.run.from + ((line.run.to - line.run.from) * i) / (count - 1),
  );
  const overlays: Overlay[] = [
    {
      id: 'peak-parabola',
      kind: 'fit',
      label: 'Parabola',
      branch: null,
      x: { role: 'wavelength', data: x },
      y: { role: 'intensity', data: x.map((at) => line.height + line.curvature * (at - line.peak) ** 2) },
    },
    {
      id: 'peak',
      kind: 'event',
      label: 'Peak',
      branch: null,
      x: { role: 'wavelength', data: Float64Array.of(line.peak) },
      y: { role: 'intensity', data: Float64Array.of(line.height) },
    },
  ];
  const [left, right] = line.nearest;
  if (left !== null && right !== null)
    overlays.push({
      id: 'half-height',
      kind: 'level',
      label: 'Half height',
      branch: null,
      x: { role: 'wavelength', data: Float64Array.of(left, right) },
      y: { role: 'intensity', data: Float64Array.of(line.height / 2, line.height / 2) },
    });
  return overlays;
}

/** Pixels of the noisy ends, at the end of the range, and spikes too narrow for a line. */
function drawPixelsLeftOut({ wavelength_m, intensity, noise, leftOut }: Spectrum): Overlay[] {
  const { spikes } = findMaxima(intensity, noise);
  const at = (data: Float64Array) => Float64Array.from(spikes, (k) => data[k]!);
  const parts = [...leftOut, { cause: 'spike' as const, x: at(wavelength_m), y: at(intensity) }];
  return parts.flatMap(({ cause, x, y }) =>
    drawLeftOut(cause, 'spectrum', { role: 'wavelength', data: x }, { role: 'intensity', data: y }),
  );
}

/** Line and colour of one emission spectrum. */
function run(input: AnalysisInput): AnalysisOutput {
  const spectrum = prepareSpectrum(input);
  if (!spectrum) {
    const reason = warning(
      'NO_DATA',
      'The spectrum needs at least 5 pixels with a wavelength and an intensity.',
    );
    return {
      quantities: refuseAll([...LINE_IDS, ...COLOR_IDS], [reason], 'spectrum'),
      fits: [],
      overlays: [],
      issues: [],
    };
  }
  const { quantities, line } = reportLine(input, spectrum);
  return {
    quantities: [...quantities, ...reportColor(input, spectrum, line)],
    fits: [],
    overlays: [...(line && !line.atEdge ? drawLine(line) : []), ...drawPixelsLeftOut(spectrum)],
    issues: [],
  };
}

/** Peak, width, energy axis and colour of an emission spectrum (METHODS 5.1 and 5.2). */
export const emissionSpectrum: Analysis = defineAnalysis({
  id: 'emission-spectrum',
  version: 5,
  label: 'Emission spectrum',
  kinds: ['spectrum'],
  quantities: [...LINE_IDS, ...COLOR_IDS],
  options: [
    {
      id: 'baseline',
      label: 'Baseline',
      type: 'choice',
      default: 'zero',
      choices: ['zero', 'ends'],
      help: 'Zero, or a straight line through the medians of the outer 5 % at each end.',
    },
  ],
  run,
});
