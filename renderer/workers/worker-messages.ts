import type { JobRequest, JobResponse } from '../../src/pipeline/job.types.ts';

export interface WorkerQuestion {
  readonly id: number;
  readonly request: JobRequest;
}

export interface WorkerAnswer {
  readonly id: number;
  readonly response: JobResponse;
}
