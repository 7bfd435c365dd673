import { useEffect, useMemo, useRef, useState } from 'react';
import { DEFAULT_PRESET, PRESET_LIST, presetOf } from '../../../src/figures/presets.ts';
import { chooseTemplate } from '../../../src/figures/templates/choose-template.ts';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import type { Template } from '../../../src/figures/templates/template.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { formatFixed } from '../../../src/units/format-value.ts';
import { Button } from '../../components/Button.tsx';
import { ScrollArea } from '../../components/ScrollArea.tsx';
import { Select } from '../../components/Select.tsx';
import { Status } from '../../components/Status.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { checkDrawn } from '../../state/preflight.ts';
import { currentOutcome } from '../../state/results.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { drawFigure } from '../../workers/figure-client.ts';
import type { DrawnFigure, FigureFile } from '../../workers/figure-messages.ts';
import { FoldButton, Frame } from '../frame/Frame.tsx';
import { Paper } from './Paper.tsx';

const STYLE_KEY = 'figure-style';
/** Curves a composed figure chooses its panels from. */
const MOST_COMPOSED = 40;

const FILES: readonly {
  readonly id: FigureFile;
  readonly text: string;
  readonly note: (dpi: number) => string;
  readonly type: string;
}[] = [
  { id: 'pdf', text: 'PDF', note: () => 'vector, fonts embedded', type: 'application/pdf' },
  { id: 'svg', text: 'SVG', note: () => 'text stays text', type: 'image/svg+xml' },
  { id: 'png', text: 'PNG', note: (dpi) => `${dpi} dpi`, type: 'image/png' },
  { id: 'tiff', text: 'TIFF', note: (dpi) => `${dpi} dpi`, type: 'image/tiff' },
  { id: 'csv', text: 'CSV', note: () => 'the numbers behind each panel', type: 'text/csv' },
];

/** What a template may draw from: the selected curve, or all of its kind for figures of many devices. */
function useOutcomes(): {
  readonly one: MeasurementOutcome | null;
  readonly all: readonly MeasurementOutcome[];
  readonly every: readonly MeasurementOutcome[];
} {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const selected = useView((view) => view.selected);
  const devices = useView((view) => view.selectedDevices);
  return useMemo(() => {
    const of = (id: string) => currentOutcome(results, workspace, id)?.outcome ?? null;
    const one = selected ? of(selected) : null;
    const all = workspace.order
      .filter((id) => {
        const measurement = workspace.measurements[id]!;
        return (
          (!one || measurement.kind === one.measurement.kind) &&
          // who was left out of the statistics is left out of their figures
          (workspace.devices[measurement.deviceId]?.mark ?? null) === null
        );
      })
      .map(of)
      .filter((outcome) => outcome !== null);
    // several kinds of curves may stand in one figure: of the selected devices, else of all
    const every = workspace.order
      .filter((id) => {
        const { deviceId } = workspace.measurements[id]!;
        if (workspace.devices[deviceId]?.mark === 'dead') return false;
        return devices.length < 2 || devices.includes(deviceId);
      })
      .map(of)
      .filter((outcome) => outcome !== null && outcome !== one)
      .slice(0, MOST_COMPOSED) as MeasurementOutcome[];
    return { one, all, every: one ? [one, ...every] : every };
  }, [results, workspace, selected, devices]);
}

function sources(
  template: Template,
  one: MeasurementOutcome | null,
  all: readonly MeasurementOutcome[],
  every: readonly MeasurementOutcome[],
): readonly MeasurementOutcome[] {
  if (template.id === 'composed') return every;
  if (template.scope === 'batch') return all;
  return one ? [one, ...all.filter((other) => other !== one && template.id === 'spectra-stack')] : [];
}

interface Offer {
  readonly template: Template;
  readonly outcomes: readonly MeasurementOutcome[];
  readonly quantity?: string;
}

function useOffers(): { readonly offers: readonly Offer[]; readonly best: string | null } {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const asked = useView((view) => view.figure);
  const { one, all, every } = useOutcomes();
  return useMemo(() => {
    // a panel of another view asked for its own curves and quantity
    const own = asked?.curves.flatMap((id) => currentOutcome(results, workspace, id)?.outcome ?? []) ?? [];
    const offers = TEMPLATES.all.flatMap((template) => {
      if (template.id === asked?.template && own.length > 0) {
        const { quantity } = asked;
        if (template.build(own, { quantity })) return [{ template, outcomes: own, quantity }];
      }
      if (one && !template.kinds.includes(one.measurement.kind)) return [];
      const outcomes = sources(template, one, all, every);
      return outcomes.length > 0 && template.build(outcomes) ? [{ template, outcomes }] : [];
    });
    return { offers, best: one ? (chooseTemplate(one)?.id ?? null) : null };
  }, [one, all, every, asked, results, workspace]);
}

/** Draws whenever the template, the preset or the numbers behind it change. */
function useDrawn(
  offer: Offer | undefined,
  preset: string,
): { readonly figure: DrawnFigure | null; readonly fault: string | null; readonly busy: boolean } {
  const [state, setState] = useState<{
    figure: DrawnFigure | null;
    fault: string | null;
    of: Offer | undefined;
    preset: string;
  } | null>(null);
  useEffect(() => {
    if (!offer) return;
    let wanted = true;
    void drawFigure({
      template: offer.template.id,
      preset,
      outcomes: offer.outcomes,
      quantity: offer.quantity,
      files: [],
      dpi: 300,
    }).then((drawn) => {
      if (!wanted) return;
      setState({
        figure: drawn.ok ? drawn.value : null,
        fault: drawn.ok
          ? drawn.value
            ? null
            : 'This template has nothing to show here.'
          : drawn.issues[0].message,
        of: offer,
        preset,
      });
    });
    return () => {
      wanted = false;
    };
  }, [offer, preset]);
  const busy = offer !== undefined && (state?.of !== offer || state.preset !== preset);
  return { figure: state?.figure ?? null, fault: busy ? null : (state?.fault ?? null), busy };
}

export function FiguresView() {
  const session = useSession();
  const { offers, best } = useOffers();
  const asked = useView((view) => view.figure?.template ?? null);
  const [chosen, setChosen] = useState<string | null>(asked);
  const [preset, setPreset] = useState(DEFAULT_PRESET);
  const [wanted, setWanted] = useState<ReadonlySet<FigureFile>>(new Set(['pdf', 'svg', 'png']));
  const [name, setName] = useState<string | null>(null);
  const [writing, setWriting] = useState(false);
  useEffect(() => {
    void session.repository.readPreference(STYLE_KEY).then((kept) => {
      if (typeof kept === 'string' && PRESET_LIST.some((one) => one.id === kept)) setPreset(kept);
    });
  }, [session]);
  const choosePreset = (id: string) => {
    setPreset(id);
    // a style that is not kept is chosen again next time: nothing is lost
    session.repository.writePreference(STYLE_KEY, id).catch(() => undefined);
  };
  const offer =
    offers.find((one) => one.template.id === chosen) ??
    offers.find((one) => one.template.id === best) ??
    offers[0];
  const { figure, fault, busy } = useDrawn(offer, preset);
  const rules = presetOf(preset);
  const checks = figure ? checkDrawn(figure, rules) : [];
  const faults = checks.filter((check) => check.state !== 'ok');
  const fileName = (name ?? figure?.id ?? 'figure').replaceAll(/[^\w.-]+/g, '_');

  const write = async () => {
    if (!offer || writing) return;
    setWriting(true);
    const files = FILES.filter((file) => wanted.has(file.id));
    const drawn = await drawFigure({
      template: offer.template.id,
      preset,
      outcomes: offer.outcomes,
      quantity: offer.quantity,
      files: files.map((file) => file.id),
      dpi: rules.raster_dpi,
    });
    setWriting(false);
    if (!drawn.ok) {
      session.report(drawn.issues);
      return;
    }
    const written: string[] = [];
    for (const { format, bytes } of drawn.value?.files ?? []) {
      const type = FILES.find((file) => file.id === format)!.type;
      const saved = await session.host.saveFile({
        suggestedName: `${fileName}.${format}`,
        bytes,
        mimeType: type,
      });
      if (saved.ok && saved.value) written.push(format.toUpperCase());
      if (!saved.ok) session.report(saved.issues);
    }
    if (written.length > 0)
      session.tell(
        'ok',
        `${fileName} written: ${written.join(', ')}.`,
        faults.length > 0 ? `${faults.length} fault against ${rules.label} stays.` : undefined,
      );
  };

  const writeNow = useRef(write);
  writeNow.current = write;
  useEffect(() => {
    const listener = () => void writeNow.current();
    addEventListener('ivory:export', listener);
    return () => removeEventListener('ivory:export', listener);
  }, []);

  /** The picture as PNG for a slide or a mail; the clipboard takes no vectors from a page. */
  const copyPicture = async () => {
    if (!offer) return;
    const task = {
      template: offer.template.id,
      preset,
      outcomes: offer.outcomes,
      quantity: offer.quantity,
      files: ['png'] as const,
      dpi: 300,
    };
    const drawn = await drawFigure(task);
    const bytes = drawn.ok ? drawn.value?.files[0]?.bytes : undefined;
    if (!bytes) return;
    try {
      const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      session.tell('ok', 'Picture copied, 300 dpi.');
    } catch (reason) {
      session.tell('failed', 'The clipboard did not take the picture.', String(reason));
    }
  };

  const toggle = (id: FigureFile, on: boolean) =>
    setWanted((now) => {
      const next = new Set(now);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });

  return (
    <Frame
      leftName="Templates"
      left={
        <>
          <div className="ph">
            <h2>Templates</h2>
            <span className="t11 t3">with your data</span>
            <span className="sp" />
            <FoldButton side="library" />
          </div>
          <ul className="scroll templates" aria-label="Templates">
            {offers.map(({ template, outcomes }) => (
              <li key={template.id}>
                <button
                  type="button"
                  className={`th ${template === offer?.template ? 'sel' : ''}`}
                  aria-pressed={template === offer?.template}
                  onClick={() => setChosen(template.id)}
                >
                  <span className="b t12 el">{template.label}</span>
                  <small className="el">
                    {template.scope === 'batch'
                      ? `${outcomes.length} curves`
                      : outcomes.length > 1
                        ? `${outcomes.length} spectra`
                        : outcomes[0]!.measurement.deviceId}
                  </small>
                </button>
              </li>
            ))}
            {offers.length === 0 && <li className="pad t12 t3">Choose a curve that has been fitted.</li>}
          </ul>
        </>
      }
      rightName="Check and export"
      right={
        <>
          <div className="ph">
            <h2>Check and export</h2>
            <span className="sp" />
            <FoldButton side="inspector" />
          </div>
          <ScrollArea label="Check and export">
            <div className="row checks-head">
              <b className="t12">Before it is written</b>
              <span className="sp" />
              {figure && (
                <span className={`t12 b ${faults.length > 0 ? 'c-fail' : 'c-ok'}`}>
                  {faults.length === 0
                    ? 'no fault'
                    : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`}
                </span>
              )}
            </div>
            {checks.map((check) => (
              <div key={check.text} className={`pfl ${check.state === 'failed' ? 'bad' : ''}`}>
                <Status of={check.state} />
                <div>
                  {check.text}
                  {check.detail && <small>{check.detail}</small>}
                </div>
              </div>
            ))}
            <p className="t11 t3 rules">
              Rules: {rules.journal}, checked {rules.checkedOn}
              {rules.verified === 'S' ? ', second-hand' : ''}.
            </p>
            <section className="block" aria-label="Files">
              <h2 className="t12 b">Files</h2>
              {FILES.map((file) => (
                <div className="row file-row" key={file.id}>
                  <Toggle
                    label={file.text}
                    checked={wanted.has(file.id)}
                    onChange={(on) => toggle(file.id, on)}
                  />
                  <span className="t12 t3">{file.note(rules.raster_dpi)}</span>
                </div>
              ))}
              <label className="f2">
                <span>Name</span>
                <span className="fld">
                  <input
                    aria-label="Name of the files"
                    value={name ?? figure?.id ?? ''}
                    onChange={(event) => setName(event.target.value)}
                  />
                </span>
              </label>
              <div className="row verbs">
                <span className="sp" />
                <Button
                  primary
                  keys="Ctrl E"
                  disabled={!figure || wanted.size === 0 || writing}
                  onClick={() => void write()}
                >
                  {writing ? 'Writing' : 'Export figure'}
                </Button>
              </div>
              {faults.length > 0 && <p className="t11 t3">Exporting with a fault is allowed.</p>}
            </section>
          </ScrollArea>
        </>
      }
    >
      <section className="pane" aria-label="Figure" data-region="plot">
        <div className="row canvas batch-head">
          <h1>{offer?.template.label ?? 'Figure'}</h1>
          <Select
            framed
            label="Journal"
            value={preset}
            options={PRESET_LIST.map((one) => ({ id: one.id, text: one.label }))}
            onChange={choosePreset}
          />
          {figure && (
            <span className="t12 t2 nw">
              {formatFixed(figure.width_mm, 1)} × {formatFixed(figure.height_mm, 1)} mm
            </span>
          )}
          <span className="sp" />
          <Button small ghost icon="copy" disabled={!figure} onClick={() => void copyPicture()}>
            Copy picture
          </Button>
          {busy && (
            <span className="t12 t3 row" role="status">
              <Status of="fitting" hidden /> drawing
            </span>
          )}
        </div>
        <Paper figure={figure} fault={fault} />
      </section>
    </Frame>
  );
}
