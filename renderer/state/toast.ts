import type { StatusShape } from '../components/Status.tsx';

export interface Toast {
  readonly id: number;
  readonly status: StatusShape;
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}
