import type { BlockOrigin } from '../../src/host/host.ts';
import type { JobRequest, JobResponse } from '../../src/pipeline/job.types.ts';

export interface WorkerQuestion {
  readonly id: number;
  readonly request: JobRequest;
  /** Where the file of the request is read from when its bytes are not along. */
  readonly blocks?: BlockOrigin;
}

export type WorkerAnswer =
  | { readonly id: number; readonly response: JobResponse }
  | { readonly id: number; readonly bytesDone: number; readonly bytesTotal: number };
