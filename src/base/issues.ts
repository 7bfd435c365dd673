/**
 * The closed list of reason codes: those of the analyses (METHODS 0.2), of the importers, and of the program itself.
 * A code with a subject (`INPUT_MISSING(thickness)`) carries it in `subject`, never in the code.
 */
export const ISSUE_CODES = [
  // analyses
  'NO_DATA',
  'TOO_FEW_POINTS',
  'INPUT_MISSING',
  'INPUT_IMPLAUSIBLE',
  'UNIT_SUSPECT',
  'SENTINEL',
  'BRANCH_MISSING',
  'POLARITY_UNDECIDED',
  'NON_MONOTONIC',
  'COMPLIANCE_CLIPPED',
  'BELOW_NOISE_FLOOR',
  'AUTORANGE_GLITCH',
  'RANGE_NOT_REACHED',
  'NO_SWITCHING',
  'MULTIPLE_EVENTS',
  'AMBIGUOUS',
  'NOT_IDENTIFIABLE',
  'BOUND_HIT',
  'NOT_CONVERGED',
  'MODEL_REJECTED',
  'REGIME',
  'REGIME_NOT_FOUND',
  'PERMITTIVITY_IMPLAUSIBLE',
  'DETECTION_LIMIT',
  'SINGLE_THICKNESS',
  'SINGLE_TEMPERATURE',
  'NO_EDGE',
  'NOT_SETTLED',
  'UNDERSAMPLED',
  'INSTRUMENT_LIMITED',
  'SATURATED',
  'BASELINE_UNSTABLE',
  'MULTI_PEAK',
  'PEAK_AT_EDGE',
  'OUT_OF_GAMUT',
  'RESOLUTION_LIMITED',
  'EXTRAPOLATION_UNSAFE',
  'DECIMATED',
  'CENSORED',
  'METHODS_DISAGREE',
  'SELF_HEATING',
  'REGION_MISSING',
  // a remark that changes no number: an assumption shown, a note on a published inconsistency
  'ASSUMED_INPUT',
  'NOTE',
  // importers
  'EMPTY_FILE',
  'BINARY_FILE',
  'UNKNOWN_FORMAT',
  'UNREADABLE',
  'TRUNCATED',
  'BAD_CELL',
  'COUNT_MISMATCH',
  'SETTINGS_MISMATCH',
  'DAMAGED_BY_SPREADSHEET',
  'HEADER_INCOMPLETE',
  'UNIT_UNKNOWN',
  'RAGGED_ROWS',
  'TIME_NOT_MONOTONIC',
  'COMPANION_MISSING',
  'TOO_LARGE',
  // program
  'FILE_ACCESS',
  'DUPLICATE_NAME',
  'WRITE_FAILED',
  'WRONG_USE',
  'CANCELLED',
  'OUT_OF_DATE',
  'INTERNAL',
] as const;

export type IssueCode = (typeof ISSUE_CODES)[number];
export type Severity = 'error' | 'warning' | 'info';

/** Where an issue belongs; every field is optional because each layer knows its own part only. */
export interface IssuePlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: string;
  readonly branch?: string;
  readonly quantity?: string;
}

/** A repair the program itself can do, offered as a button: run the importer again with this option set. */
export interface Repair {
  readonly label: string;
  readonly option: string;
  readonly value: string | number | boolean;
}

export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** What the code is about: a parameter, an input, a list of regions. Shown as `CODE(subject)`. */
  readonly subject?: string;
  /** One plain sentence with the offending numbers. */
  readonly message: string;
  /** What can be done about it, in the imperative. */
  readonly hint?: string;
  readonly repair?: Repair;
  readonly at?: IssuePlace;
}

export function error(code: IssueCode, message: string, more: Partial<Issue> = {}): Issue {
  return { ...more, code, severity: 'error', message };
}

export function warning(code: IssueCode, message: string, more: Partial<Issue> = {}): Issue {
  return { ...more, code, severity: 'warning', message };
}

export function info(code: IssueCode, message: string, more: Partial<Issue> = {}): Issue {
  return { ...more, code, severity: 'info', message };
}

/** `INPUT_MISSING(thickness)` where there is a subject, else the bare code. */
export function codeWithSubject(issue: Issue): string {
  return issue.subject === undefined ? issue.code : `${issue.code}(${issue.subject})`;
}
