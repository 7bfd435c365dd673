import wasmUrl from '@resvg/resvg-wasm/index_bg.wasm?url';
import { error } from '../../src/base/issues.ts';
import { fail, type Result, succeed } from '../../src/base/result.ts';
import boldUrl from '../../src/figures/fonts/LiberationSans-Bold.ttf?url';
import italicUrl from '../../src/figures/fonts/LiberationSans-Italic.ttf?url';
import regularUrl from '../../src/figures/fonts/LiberationSans-Regular.ttf?url';
import type {
  DrawnFigure,
  FigureAnswer,
  FigureAssetUrls,
  FigureQuestion,
  FigureTask,
} from './figure-messages.ts';

function absolute(url: string): string {
  return new URL(url, document.baseURI).href;
}

const ASSETS: FigureAssetUrls = {
  regular: absolute(regularUrl),
  italic: absolute(italicUrl),
  bold: absolute(boldUrl),
  wasm: absolute(wasmUrl),
};

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (answer: Result<DrawnFigure | null>) => void>();

function hire(): Worker {
  const hired = new Worker(new URL('./figure.worker.ts', import.meta.url), {
    type: 'module',
    name: 'figure',
  });
  hired.onmessage = ({ data }: MessageEvent<FigureAnswer>) => {
    const settle = waiting.get(data.id);
    waiting.delete(data.id);
    settle?.(
      data.ok
        ? succeed(data.figure)
        : fail(error('INTERNAL', `Something in Ivory broke while drawing the figure: ${data.message}`)),
    );
  };
  hired.onerror = (event) => {
    event.preventDefault();
    hired.terminate();
    worker = null;
    for (const settle of waiting.values())
      settle(fail(error('INTERNAL', `The figure worker broke: ${event.message}`)));
    waiting.clear();
  };
  return hired;
}

/** Draws a figure in its worker; never rejects. Null where the template has nothing to show. */
export function drawFigure(task: FigureTask): Promise<Result<DrawnFigure | null>> {
  worker ??= hire();
  lastId += 1;
  const question: FigureQuestion = { id: lastId, task, assets: ASSETS };
  return new Promise((settle) => {
    waiting.set(question.id, settle);
    worker?.postMessage(question);
  });
}
