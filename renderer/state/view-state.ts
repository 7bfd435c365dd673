import type { DistributionFamily } from '../../src/batch/device-distribution.ts';
import type { GroupingId } from '../../src/batch/group-devices.ts';
import type { DeviceId, MeasurementId } from '../../src/model/ids.ts';
import type { BranchName } from '../../src/model/quantity.ts';

/** A figure type with the curves and the quantity it is to be drawn from. */
export interface FigureChoice {
  readonly template: string;
  readonly quantity: string;
  readonly curves: readonly MeasurementId[];
}

/** What the Statistics view shows; null where the view chooses. */
export interface StatisticsChoice {
  /** Group of curves, as in the library. */
  readonly group: string | null;
  /** Key of the quantity with its convention. */
  readonly quantity: string | null;
  readonly leg: BranchName | 'all';
  readonly by: GroupingId | null;
  readonly family: DistributionFamily;
  /** Keys of the two quantities of the scatter. */
  readonly pair: { readonly x: string; readonly y: string } | null;
}

/** Values typed for the parameters of a fit: drawn over the curve, the start of the next fit. */
export interface Trial {
  readonly id: MeasurementId;
  readonly branch: BranchName;
  readonly values: Readonly<Record<string, number>>;
}

export type ViewId = 'curves' | 'batch' | 'statistics' | 'figures';
export type ScaleId = 'log+lin' | 'log' | 'lin' | 'symlog';
export type PlotMode = 'select' | 'window' | 'mask';
export type InspectorTab = 'fit' | 'simulator' | 'data' | 'history';
export type BelowId = 'devices' | 'light' | 'ionic' | 'residual' | 'none';
export type Theme = 'system' | 'light' | 'dark';
export type Overlay = 'palette' | 'keys' | 'conditions' | 'group' | 'names' | null;

export interface PanelSize {
  readonly library: number | null;
  readonly inspector: number | null;
  readonly libraryFolded: boolean | null;
  readonly inspectorFolded: boolean | null;
}

export interface ViewState {
  readonly theme: Theme;
  readonly view: ViewId;
  readonly scale: ScaleId;
  readonly residuals: boolean;
  readonly panels: Readonly<Record<ViewId, PanelSize>>;
  readonly mapFolded: boolean | null;
  readonly live: boolean;
  readonly selected: MeasurementId | null;
  readonly selectedDevices: readonly DeviceId[];
  readonly leg: BranchName | null;
  readonly mode: PlotMode;
  readonly cursor: boolean;
  readonly tab: InspectorTab;
  readonly filter: string;
  readonly closedGroups: readonly string[];
  readonly overlay: Overlay;
  /** Index of the quantity row whose reason is open, by id and branch. */
  readonly why: string | null;
  readonly statusFilter: string;
  readonly sort: readonly { readonly key: string; readonly down: boolean }[];
  /** Columns of the batch table set by hand; null is what suits the curves. */
  readonly columns: readonly string[] | null;
  /** What the rows of the batch table stand under. */
  readonly rowsBy: GroupingId;
  readonly dragging: boolean;
  /** A simulation without any curve is in sight. */
  readonly withoutData: boolean;
  /** What the simulator draws below its curve; null is what suits the model. */
  readonly below: BelowId | null;
  readonly statistics: StatisticsChoice;
  /** Figure type asked for by another view: the Figures view opens with it. */
  readonly figure: FigureChoice | null;
  /** Values of a model in the hand, drawn but not fitted yet. */
  readonly trial: Trial | null;
  /** A file that failed whose raw lines the Data tab shows, while `beside` is the selected curve. */
  readonly fault: { readonly file: string; readonly beside: MeasurementId | null } | null;
}

/** Where each key lives: with the project, in this browser, or only until the page closes. */
export const KEPT: Readonly<Record<keyof ViewState, 'project' | 'browser' | 'no'>> = {
  theme: 'browser',
  view: 'project',
  scale: 'project',
  residuals: 'browser',
  panels: 'browser',
  mapFolded: 'browser',
  live: 'browser',
  selected: 'project',
  selectedDevices: 'no',
  leg: 'project',
  mode: 'no',
  cursor: 'no',
  tab: 'project',
  filter: 'no',
  closedGroups: 'no',
  overlay: 'no',
  why: 'no',
  statusFilter: 'no',
  sort: 'project',
  columns: 'project',
  rowsBy: 'project',
  dragging: 'no',
  statistics: 'project',
  figure: 'no',
  fault: 'no',
  trial: 'no',
  withoutData: 'no',
  below: 'no',
};

const OPEN: PanelSize = { library: null, inspector: null, libraryFolded: false, inspectorFolded: false };
const FOLDED: PanelSize = { ...OPEN, libraryFolded: true };

export const INITIAL_VIEW: ViewState = {
  theme: 'system',
  view: 'curves',
  scale: 'log+lin',
  residuals: true,
  panels: { curves: OPEN, batch: FOLDED, statistics: FOLDED, figures: OPEN },
  mapFolded: null,
  live: true,
  selected: null,
  selectedDevices: [],
  leg: null,
  mode: 'window',
  cursor: false,
  tab: 'fit',
  filter: '',
  closedGroups: [],
  overlay: null,
  why: null,
  statusFilter: 'all',
  sort: [{ key: 'device', down: false }],
  columns: null,
  rowsBy: 'none',
  dragging: false,
  statistics: { group: null, quantity: null, leg: 'all', by: null, family: 'normal', pair: null },
  figure: null,
  fault: null,
  trial: null,
  withoutData: false,
  below: null,
};

function pick(view: ViewState, kept: 'project' | 'browser'): Partial<ViewState> {
  return Object.fromEntries(Object.entries(view).filter(([key]) => KEPT[key as keyof ViewState] === kept));
}

export function projectPart(view: ViewState): Partial<ViewState> {
  return pick(view, 'project');
}

const BROWSER_KEY = 'ivory.view';

/** The keys kept in the browser; storage that is full or forbidden costs only the memory of panel widths. */
export function saveBrowserPart(view: ViewState): void {
  try {
    localStorage.setItem(BROWSER_KEY, JSON.stringify(pick(view, 'browser')));
  } catch {
    // nothing of the work is lost
  }
}

export function loadBrowserPart(): Partial<ViewState> {
  try {
    const text = localStorage.getItem(BROWSER_KEY);
    const read: unknown = text ? JSON.parse(text) : {};
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(
      Object.entries(read).filter(([key]) => KEPT[key as keyof ViewState] === 'browser'),
    );
  } catch {
    return {};
  }
}
