/** The two texts whose numbers Ivory is compared with. */
export const PAPERS = {
  emission: 'Nat. Commun. 12, 4460 (2021)',
  review: 'Mater. Adv. (2025), d5ma00609k',
} as const;

/** Something a text leaves open or contradicts: what it prints, what its own numbers give, and what Ivory does about it. */
export interface PaperNote {
  readonly id: string;
  readonly paper: keyof typeof PAPERS;
  readonly subject: string;
  readonly printed: string;
  readonly found: string;
  readonly consequence: string;
}

/** Data are never corrected in silence: these notes stand beside a comparison with the texts (METHODS 9). */
export const PAPER_NOTES: readonly PaperNote[] = [
  {
    id: 'X1',
    paper: 'emission',
    subject: 'mobility from the delay of the light',
    printed: '1.38e-3 cm^2/(V s) from 800 nm, 6 V, 0.3 us',
    found:
      '(800 nm)^2/(0.3 us 6 V) = 3.556e-3, 2.58 times as much; 498 nm give 1.38e-3, and so does 0.773 us',
    consequence: 'the value of the formula is the target; a film of about 500 nm is an inference',
  },
  {
    id: 'X2',
    paper: 'emission',
    subject: 'layers of the device',
    printed: 'Ag/CsPbBr3/ITO in one place, Ag/PMMA/CsPbBr3/ITO in another',
    found: 'PMMA of unknown thickness takes part of the field, 5 to 6 times as strong in it as in the film',
    consequence: 'every quantity that rests on the thickness carries this doubt',
  },
  {
    id: 'X3',
    paper: 'emission',
    subject: 'area',
    printed: 'device of 3.0 x 3.0 mm, contact of about 1.0 mm',
    found: '0.785, 1.0 or 9.0 mm^2: a factor of 11 in current density, capacitance and trap density',
    consequence: 'the area is asked for, never assumed',
  },
  {
    id: 'X4',
    paper: 'emission',
    subject: 'diode equation',
    printed: 'exponential without the term -1',
    found: 'the current at 0 V is then the saturation current, not 0',
    consequence: 'the physical form is the default; the printed one is an option',
  },
  {
    id: 'X5',
    paper: 'emission',
    subject: 'currents of the pair of devices',
    printed: '4e-3 mA at 1.4 V: 350 kohm in region II',
    found: 'two low states of 830 ohm are 1.66 kohm: 211 times less; read in A, 1.4 V over 4 mA are 350 ohm',
    consequence: 'UNIT_SUSPECT; both readings are presets of the simulator',
  },
  {
    id: 'X6',
    paper: 'emission',
    subject: 'turn-on voltage',
    printed: '3.8, 2.8, about 4.0 and -3.2 V in four places, no definition',
    found: 'the definitions in use give 2.7 to 3.8 V on one and the same curve',
    consequence: 'all definitions are listed with the one in force first',
  },
  {
    id: 'X7',
    paper: 'emission',
    subject: 'decay of the light',
    printed: 'slow to 3 % in about 8 us, then faster with 4.5 us',
    found: '3 % in 8 us is a constant of 2.28 us: the second constant is the slower one',
    consequence: 'both constants of a two-step decay are reported',
  },
  {
    id: 'X8',
    paper: 'emission',
    subject: 'limit of the current at RESET',
    printed: 'limit of 1 mA, RESET at -1.12 V, low state of 830 ohm',
    found:
      '1.12 V/830 ohm = 1.35 mA: the limit did not act at V < 0; 0.83 V/1 mA = 830 ohm is set by the limit',
    consequence: 'the limit is kept per sign; the low state is read as hold voltage over limit',
  },
  {
    id: 'X9',
    paper: 'emission',
    subject: 'trap density from the current',
    printed: '1.2e15 cm^-3 from slopes of 1 and 2',
    found:
      'without a steep part the crossing gives free carriers; the detection limit is 1.76e15 cm^-3 (20, 800 nm)',
    consequence: 'REGIME_NOT_FOUND or DETECTION_LIMIT instead of a trap density',
  },
  {
    id: 'X10',
    paper: 'emission',
    subject: 'trap density from the light',
    printed: 'the same 1.2e15 cm^-3, without efficiency or area',
    found: '0.9 to 1.4e16 cm^-3 for a contact of 1 mm, 1.0 to 1.24e15 for 9 mm^2',
    consequence: 'INPUT_MISSING, or the normalised form with its area',
  },
  {
    id: 'X11',
    paper: 'emission',
    subject: 'which of the two devices emits',
    printed: 'the right one at +V in one figure, the left one in the next',
    found: 'one of both has the leads the other way round',
    consequence: 'the wiring is declared by the user',
  },
  {
    id: 'X12',
    paper: 'emission',
    subject: 'turn-on of the pair',
    printed: '4.0 V of the cell and 1.0 V of the memory',
    found: 'the memory is on: 4e-3 mA through 830 ohm are 3 mV; its SET is 0.82 V',
    consequence: 'the simulator adds what the circuit adds',
  },
  {
    id: 'X13',
    paper: 'emission',
    subject: 'rates',
    printed: 'pulses of 0.25 ms alternating at 1 kHz; 1, 5 and 80 kHz; SET in 3 us',
    found: 'two pulses fill 0.5 ms of a period of 1 ms; the four rates are of four experiments',
    consequence: 'a bandwidth names its experiment and its level',
  },
  {
    id: 'X14',
    paper: 'emission',
    subject: 'optics and structure',
    printed: 'emission at 533, photoluminescence at 526 nm; particles of 20 to 100 nm; fringe of 0.59 nm',
    found:
      '31 meV of red shift; 20 nm confine by 21 to 30 meV, 532 to 515 nm need 77; 0.59 nm is (100), (200) is 0.288 nm',
    consequence: 'shifts are given in meV',
  },
  {
    id: 'X15',
    paper: 'review',
    subject: 'Schottky-Mott',
    printed: 'slope of 0.50 called close to ideal',
    found: 'the limit is 1; the empirical value for a permittivity of 4.0 is 0.526: half pinned, as usual',
    consequence: 'a note beside the slope parameter',
  },
  {
    id: 'X16',
    paper: 'review',
    subject: 'device of 10 pA',
    printed: 'off current and operating current both 10 pA, ON/OFF 10; 400 fJ as biology has it',
    found: 'one of both is about 1 or 100 pA; biology has 1 to 100 fJ; 400 fJ at 10 pA need 0.04 V s',
    consequence: 'a note beside the spike energy',
  },
  {
    id: 'X17',
    paper: 'review',
    subject: 'SET voltage against thickness',
    printed: '10.6 V at 100 nm, 1 V at 800 nm',
    found: '1.06 MV/cm against 12.5 kV/cm: the field falls 85 times, against a field-driven SET',
    consequence: 'compare fields beside voltages',
  },
  {
    id: 'X18',
    paper: 'review',
    subject: 'figures and characters',
    printed: 'response time 1.8 ms, flakes of 60-80 mm, 4104 s',
    found: 'lost micro and multiplication signs; captions and citations differ in order',
    consequence: 'values are marked as extracted',
  },
  {
    id: 'X19',
    paper: 'review',
    subject: 'ON/OFF ratio',
    printed: 'resistance or current of the high over that of the low state',
    found: 'the two are reciprocal',
    consequence: 'ON/OFF is I_on/I_off = R_off/R_on',
  },
  {
    id: 'X20',
    paper: 'emission',
    subject: 'what is not reported',
    printed:
      'no ideality, saturation current, sweep rate, step, temperature, efficiency or instrument rise time',
    found: 'one triple of V_on, R_s and R_p fits n = 2 to 15',
    consequence: 'INPUT_MISSING for each',
  },
  {
    id: 'X21',
    paper: 'emission',
    subject: 'heat',
    printed: '8 V and 16.5 mA',
    found: '0.132 W over 0.785 mm^2 are 16.8 W/cm^2',
    consequence: 'SELF_HEATING above 1 W/cm^2',
  },
  {
    id: 'X22',
    paper: 'review',
    subject: 'learning and paired pulses',
    printed: 'lessons of 8, 7 and 6 s with a growing response; facilitation of 13.6 %',
    found: 'the residual of 10.3/72.9 alone gives 14.1 %: no facilitation beyond superposition',
    consequence: 'weights per second; residual index beside the paired-pulse index',
  },
];

/** The note of an id, such as `X5`. */
export function findPaperNote(id: string): PaperNote | undefined {
  return PAPER_NOTES.find((note) => note.id === id);
}
