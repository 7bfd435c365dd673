import { useSyncExternalStore } from 'react';

/** The whole of our state machinery: a value, and those who want to hear when it changes. */
export interface Store<T> {
  get(): T;
  /** A new value, or a function of the present one; an equal reference tells nobody. */
  set(next: T | ((present: T) => T)): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let present = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => present,
    set(next) {
      const value = typeof next === 'function' ? (next as (present: T) => T)(present) : next;
      if (Object.is(value, present)) return;
      present = value;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The part of a store that `select` picks. `select` must return what is stored, not build something new each time. */
export function useStore<T, S>(store: Store<T>, select: (state: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
