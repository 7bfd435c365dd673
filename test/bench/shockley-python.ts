import { DEVICE_NOISE, DIODE_IDS, type SyntheticDevice } from '../support/synthetic-devices.ts';
import { runPython } from './run-python.ts';

/** The same model, residual and logarithmic parameters in numpy, solved by scipy and lmfit from the same start. */
const PYTHON = `
import sys, json, time
import numpy as np, scipy
from scipy.optimize import least_squares
try:
    import lmfit
except ImportError:
    lmfit = None
job = json.load(sys.stdin)
V, rel, ab, vt = np.array(job['voltage']), job['relative'], job['absolute'], 0.025851999786435532
def lw(x):
    w = np.where(x > 1.5, x - np.log(np.maximum(x, 1.5)), np.where(x < 0, np.exp(np.minimum(x, 0)), 0.567143 + 0.3619 * x))
    w = np.maximum(w, 1e-300)
    for _ in range(4):
        z = x - np.log(w) - w; q = 2 * (1 + w) * (1 + w + 2 * z / 3); w = w * (1 + z / (1 + w) * (q - z) / (q - 2 * z))
    return w
def current(lp):
    Is, n, Rs, Rp = np.exp(lp); a = n * vt; d = 1 + Rs / Rp
    x = lp[0] + np.log(Rs / (a * d)) + (V + Rs * Is) / (a * d)
    return (V / Rp - Is) / d + a / Rs * lw(x)
def slopes(lp):
    Is, n, Rs, Rp = np.exp(lp); a = n * vt; d = 1 + Rs / Rp
    E = lw(lp[0] + np.log(Rs / (a * d)) + (V + Rs * Is) / (a * d)) * a * d / Rs
    I = (V / Rp - Is) / d + E / d
    u = V - I * Rs; g = E / a + 1 / Rp; D = (1 + Rs * g) * rel * np.sqrt(I * I + s * s)
    return np.column_stack([(E - Is) / D, -E * u / a / D, -Rs * I * g / D, -u / Rp / D])
TRF = 'scipy %s least_squares trf' % scipy.__version__
LM = 'lmfit %s leastsq' % (lmfit.__version__ if lmfit else '')
s, out = ab / rel, {TRF: [], TRF + ', exact derivatives': []}
if lmfit: out[LM] = []
lo, hi = np.log([1e-290, 0.5, 1e-3, 10]), np.log([1e-2, 200, 1e7, 1e13])
for y in job['currents']:
    t0 = np.arcsinh(np.array(y) / s)
    r = lambda lp: (np.arcsinh(current(lp) / s) - t0) / rel
    start = np.log(job['start'])
    for name, jac in ((TRF, '2-point'), (TRF + ', exact derivatives', slopes)):
        t = time.perf_counter()
        try: p = least_squares(r, start, jac, bounds=(lo, hi), x_scale='jac', ftol=1e-10, xtol=1e-10, gtol=1e-10).x
        except Exception: p = start
        out[name].append([list(np.exp(p)), 1e3 * (time.perf_counter() - t)])
    if lmfit:
        ps = lmfit.Parameters()
        for k in range(4): ps.add('p%d' % k, start[k], min=lo[k], max=hi[k])
        t = time.perf_counter()
        try: p = np.array([v.value for v in lmfit.minimize(lambda q: r(np.array([q['p%d' % k].value for k in range(4)])), ps).params.values()])
        except Exception: p = start
        out[LM].append([list(np.exp(p)), 1e3 * (time.perf_counter() - t)])
json.dump(out, sys.stdout)
`;

export interface PeerFit {
  readonly values: readonly number[];
  readonly milliseconds: number;
}

/** Fits of the peers that python3 has, by name; empty without scipy. */
export function fitWithPython(
  devices: readonly SyntheticDevice[],
  start: Readonly<Record<string, number>>,
): readonly (readonly [string, readonly PeerFit[]])[] {
  const job = {
    voltage: Array.from(devices[0]!.voltage_V),
    currents: devices.map((device) => Array.from(device.current_A)),
    start: DIODE_IDS.map((id) => start[id]!),
    ...DEVICE_NOISE,
  };
  const found = runPython<Record<string, [number[], number][]>>(PYTHON, job) ?? {};
  return Object.entries(found).map(([name, fits]) => [
    name,
    fits.map(([values, milliseconds]) => ({ values, milliseconds })),
  ]);
}
