import { useCallback, useEffect, useRef, useState } from 'react';
import { ALL, type Zoom } from '../../plot/geometry.ts';

export interface ZoomControl {
  readonly zoom: Zoom;
  readonly set: (zoom: Zoom, remember?: boolean) => void;
}

/** The part of the axes in view, with a way back. A new curve starts with everything. */
export function useZoom(curve: string): ZoomControl {
  const [state, setState] = useState<{ readonly curve: string; readonly zoom: Zoom }>({ curve, zoom: ALL });
  const past = useRef<Zoom[]>([]);
  const zoom = state.curve === curve ? state.zoom : ALL;
  const now = useRef(zoom);
  now.current = zoom;
  const set = useCallback(
    (next: Zoom, remember = true) => {
      if (remember) past.current.push(now.current);
      setState({ curve, zoom: next });
    },
    [curve],
  );
  useEffect(() => {
    past.current = [];
    const all = () => set(ALL);
    const back = () => set(past.current.pop() ?? ALL, false);
    addEventListener('ivory:show-all', all);
    addEventListener('ivory:zoom-back', back);
    return () => {
      removeEventListener('ivory:show-all', all);
      removeEventListener('ivory:zoom-back', back);
    };
  }, [set]);
  return { zoom, set };
}
