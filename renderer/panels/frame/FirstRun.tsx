import { Button } from '../../components/Button.tsx';
import { Status } from '../../components/Status.tsx';
import { VIRIDIS_STOPS } from '../../plot/viridis.ts';
import { useSession } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { FoldButton, Frame } from './Frame.tsx';

const STEPS = [
  { name: 'Import', text: 'a folder, a file, or a paste', keys: ['Ctrl O'] },
  { name: 'Fit', text: 'at once; then drag the window', keys: ['R', 'F'] },
  { name: 'Overlay', text: 'a simulation over the data', keys: ['S'] },
  { name: 'Batch', text: 'all devices, one table, one map', keys: ['Ctrl 2'] },
  { name: 'Figure', text: 'in mm, checked for the journal', keys: ['Ctrl 4'] },
] as const;

const TALL = 32;

function SamplePicture() {
  const cells = Array.from({ length: 24 }, (_, i) => VIRIDIS_STOPS[(i * 7 + Math.floor(i / 5)) % 6]!);
  return (
    <svg width="106" height="56" aria-hidden="true">
      {cells.map((colour, i) => {
        const x = (i % 6) * 17 + 3;
        const y = Math.floor(i / 6) * 13 + 3;
        return i === 10 || i === 19 ? (
          <rect
            key={`${x}-${y}`}
            x={x + 0.5}
            y={y + 0.5}
            width="14"
            height="10"
            fill="url(#hatch)"
            stroke="var(--text-3)"
          />
        ) : (
          <rect key={`${x}-${y}`} x={x} y={y} width="15" height="11" fill={colour} />
        );
      })}
    </svg>
  );
}

function Recents() {
  const session = useSession();
  const recents = useStore(session.recents, (list) => list);
  return (
    <div className="block t12">
      <div className="b head">Recent projects</div>
      {recents.length === 0 ? (
        <p className="t3">None on this computer.</p>
      ) : (
        <ul>
          {recents.slice(0, 8).map((recent) => (
            <li key={recent.id}>
              <button type="button" className="recent" onClick={() => void session.autosave.open(recent.id)}>
                <span className="el">{recent.title}</span>
                <span className="t11 t3">
                  {recent.measurements} curves,{' '}
                  {new Date(recent.savedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Marks() {
  const rows = [
    ['ok', 'ok', 'the value holds, with its uncertainty'],
    ['flagged', 'flagged', 'usable; the reason is beside it'],
    ['bound-lower', 'bound', 'only an upper or a lower limit is known'],
    ['refused', 'refused', 'no value; says why, and what would help'],
  ] as const;
  return (
    <div className="block t12 t2">
      <p>Every number carries its uncertainty and one of four marks:</p>
      <div className="lg">
        {rows.map(([shape, word, text]) => (
          <div key={word} className="lg-row">
            <Status of={shape} hidden />
            <b>{word}</b>
            <small>{text}</small>
          </div>
        ))}
      </div>
    </div>
  );
}

function Notation() {
  return (
    <div className="block t12">
      <div className="b head">How a number is written</div>
      <div className="lg2">
        <b>254.5(4) Ω</b>
        <small>254.5 Ω, standard uncertainty 0.4 Ω</small>
        <b>4.66 (+41 −33) µs</b>
        <small>an interval that is not symmetric</small>
        <b>&gt; 12 GΩ</b>
        <small>at least 12 GΩ; the noise floor hides the rest</small>
        <b className="c-flag">300 K assumed</b>
        <small>an input that nobody has given yet</small>
      </div>
    </div>
  );
}

/** The empty window: what will be here, the ways in, and how numbers are to be read. */
export function FirstRun() {
  const session = useSession();
  return (
    <Frame
      leftName="Library"
      left={
        <>
          <div className="ph">
            <h2>Library</h2>
            <span className="sp" />
            <FoldButton side="library" />
          </div>
          <div className="block first t12 t2">
            <p>No curves yet. Files and devices will be listed here, grouped by kind and device.</p>
          </div>
          <Recents />
        </>
      }
      rightName="Quantities"
      right={
        <>
          <div className="ph">
            <h2>Quantities</h2>
            <span className="sp" />
            <FoldButton side="inspector" />
          </div>
          <div className="scroll">
            <Marks />
            <Notation />
          </div>
        </>
      }
    >
      <section className="pane canvas" aria-label="Start" data-region="plot">
        <div className="drop" />
        <div className="em">
          <div>
            <h1>Drop files or a folder anywhere</h1>
            <p className="t2 lead">
              Source meter, oscilloscope and spectrometer files are recognised and fitted.
              <br />
              The files themselves are never changed, and nothing leaves this computer.
            </p>
            <div className="row ways">
              <Button
                primary
                keys="Ctrl O"
                style={{ height: TALL, padding: '0 14px' }}
                onClick={() => void session.openFolder()}
              >
                Open folder…
              </Button>
              <Button style={{ height: TALL, padding: '0 14px' }} onClick={() => void session.openFiles()}>
                Open files…
              </Button>
              <span className="t12 t3">
                or paste a table <kbd>Ctrl V</kbd>
              </span>
            </div>
            <div className="row sample">
              <SamplePicture />
              <div className="grow">
                <b>Sample data</b>
                <p className="t12 t2">
                  Light-emitting cells, memory loops, light pulses and spectra as instruments write them. The
                  true values are known, so you can see how close each fit comes.
                </p>
              </div>
              <Button style={{ height: TALL, padding: '0 14px' }} onClick={() => void session.openSamples()}>
                Open sample data
              </Button>
            </div>
            <h2 className="t12 b way-head">The way through</h2>
            <div className="step">
              {STEPS.map((step) => (
                <div key={step.name}>
                  <b>{step.name}</b>
                  <span>{step.text}</span>
                  {step.keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </div>
              ))}
            </div>
            <p className="t11 t3 reads">
              Reads Keithley, Keysight, Tektronix, Rigol and Ocean Optics files, and any text table.
            </p>
          </div>
        </div>
      </section>
    </Frame>
  );
}
