import { QUANTITIES } from '../../../src/model/quantities.ts';
import { IconButton } from '../../components/Button.tsx';
import { ScrollArea } from '../../components/ScrollArea.tsx';
import { MathSymbol } from '../../components/Symbol.tsx';
import { describeSelection } from '../../state/selection-sentence.ts';
import { useSession } from '../../state/session.ts';
import { FEWEST_DEVICES } from '../../state/statistics.ts';
import { writeStatistics } from '../../state/statistics-table.ts';
import { FoldButton, Frame } from '../frame/Frame.tsx';
import { Library } from '../library/Library.tsx';
import { BoxPanel } from './BoxPanel.tsx';
import { CorrelationPanel } from './CorrelationPanel.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import { ProbabilityPanel } from './ProbabilityPanel.tsx';
import { ScatterPanel } from './ScatterPanel.tsx';
import { SelectedCurves } from './SelectedCurves.tsx';
import { StatisticsHeader } from './StatisticsHeader.tsx';
import { StatisticsTable } from './StatisticsTable.tsx';
import { type StatisticsControl, useStatistics } from './use-statistics.ts';

function Side({ control }: { readonly control: StatisticsControl }) {
  const session = useSession();
  const { model, selected } = control;
  const sentence = describeSelection(model, selected);
  return (
    <>
      <div className="ph">
        <h2 className="el">
          {model.choice ? (
            <>
              <MathSymbol text={QUANTITIES[model.choice.id].symbol} /> {model.choice.convention ?? ''}
            </>
          ) : (
            'Statistics'
          )}
        </h2>
        <span className="t11 t3 nw">device to device</span>
        <span className="sp" />
        {model.choice && (
          <IconButton
            icon="copy"
            label="Copy table"
            onClick={() => {
              void navigator.clipboard.writeText(writeStatistics(model));
              session.tell('ok', 'Statistics copied with units and full precision.');
            }}
          />
        )}
        <FoldButton side="inspector" />
      </div>
      <ScrollArea label="Statistics, left out, curves">
        {model.choice && (
          <div className="stat-table">
            <StatisticsTable model={model} />
          </div>
        )}
        <LeftOutList control={control} />
        <SelectedCurves control={control} />
        {sentence && (
          <p className="block t12 t2" role="status">
            {sentence}
          </p>
        )}
      </ScrollArea>
    </>
  );
}

/** Between devices: how a quantity is distributed, by group, and what goes with what. One selection runs through all panels. */
export function StatisticsView() {
  const session = useSession();
  const control = useStatistics();
  return (
    <Frame leftName="Library" left={<Library />} rightName="Summary" right={<Side control={control} />}>
      <section
        className="pane canvas"
        aria-label="Statistics"
        data-region="plot"
        onKeyDown={(event) => {
          const own = (event.target as HTMLElement).closest('button,select,input,[role="grid"]');
          if (event.key !== 'Enter' || own || control.selected.size === 0) return;
          event.preventDefault();
          session.setView({ view: 'curves' });
        }}
      >
        <StatisticsHeader control={control} />
        {control.model.choice ? (
          <div className="g4">
            <ProbabilityPanel control={control} />
            <BoxPanel control={control} />
            <CorrelationPanel control={control} />
            <ScatterPanel control={control} />
          </div>
        ) : (
          <p className="pad t2">
            Statistics need at least {FEWEST_DEVICES} devices with a value. Add a folder, or choose another
            group.
          </p>
        )}
      </section>
    </Frame>
  );
}
