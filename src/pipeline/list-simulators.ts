/** The simulators as the window may see them: its layer stands above the pipeline, not above the engine. */
export {
  CROSSBAR,
  SERIES,
  SIMULATORS,
  type Simulator,
  type SimulatorParameter,
} from '../../fitting/index.ts';
