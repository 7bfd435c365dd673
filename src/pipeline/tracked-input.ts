import type { AnalysisInput } from '../analyses/analysis.ts';
import type { Conditions } from '../model/inputs.ts';
import type { AnalysisResult } from '../model/quantity.ts';
import { fingerprint } from './fingerprint.ts';

/** What a step looked at, by name, with the fingerprint of what it saw: `conditions.area`, `windows`, `earlier.0.fits`. */
export type Reads = Readonly<Record<string, string>>;

/** The inputs of one step that may change between two runs on the same curve. */
export type Inputs = Omit<AnalysisInput, 'measurement' | 'conditioned' | 'recall' | 'cancelled'> & {
  /** What the file itself said, before folder, device and user. */
  readonly own: Conditions;
  /** Stands for the masks and legs: the fingerprint of what conditioning gave. */
  readonly conditioned: string;
};

const RESULT_PARTS = ['quantities', 'fits', 'overlays', 'issues', 'evidence'] as const;
const ALL_NAMES = '*';

/** What stands at a name now: the one place that says what a name means, for the step that reads and for the check later. */
export function lookAt(inputs: Inputs, name: string): string {
  const [head, first, part] = name.split('.');
  switch (head) {
    case 'conditions':
    case 'own': {
      const conditions = inputs[head];
      return fingerprint(first === ALL_NAMES ? conditions : conditions[first as keyof Conditions]);
    }
    case 'earlier': {
      if (first === undefined) return inputs.earlier.map((result) => result.analysis).join();
      const result = inputs.earlier[Number(first)];
      return result ? fingerprintOf(result, part as (typeof RESULT_PARTS)[number]) : '';
    }
    case 'conditioned':
      return inputs.conditioned;
    default:
      return fingerprint(inputs[name as 'windows' | 'fitOptions' | 'siblings' | 'branches' | 'options']);
  }
}

const known = new WeakMap<AnalysisResult, Map<string, string>>();

/** Results do not change, and several steps read the same one. */
function fingerprintOf(result: AnalysisResult, part: (typeof RESULT_PARTS)[number]): string {
  const parts = known.get(result) ?? new Map<string, string>();
  known.set(result, parts);
  const text = parts.get(part) ?? fingerprint(result[part]);
  parts.set(part, text);
  return text;
}

/** Notes each name a step looks at. A list of names beside an analysis could be wrong; what was touched cannot. */
export class ReadLog {
  private readonly names = new Set<string>();

  note(name: string): void {
    this.names.add(name);
  }

  /** The names with what stood there. */
  close(inputs: Inputs): Reads {
    return Object.fromEntries([...this.names].map((name) => [name, lookAt(inputs, name)]));
  }
}

export function isUnchanged(reads: Reads, inputs: Inputs): boolean {
  return Object.entries(reads).every(([name, seen]) => lookAt(inputs, name) === seen);
}

/**
 * Conditions that say which of them are looked at, absent ones too. A proxy, because a step may ask for any name, whether given or
 * not, and may list them all: each of these ways is seen.
 */
export function trackConditions(
  conditions: Conditions,
  log: ReadLog,
  head: 'conditions' | 'own',
): Conditions {
  const note = (key: string | symbol): void => {
    if (typeof key === 'string') log.note(`${head}.${key}`);
  };
  return new Proxy(conditions, {
    get: (target, key) => {
      note(key);
      return Reflect.get(target, key);
    },
    has: (target, key) => {
      note(key);
      return Reflect.has(target, key);
    },
    getOwnPropertyDescriptor: (target, key) => {
      note(key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    ownKeys: (target) => {
      log.note(`${head}.${ALL_NAMES}`);
      return Reflect.ownKeys(target);
    },
  });
}

/** Earlier results whose parts say that they were read; which analyses came before is noted by the first look at all. */
function trackEarlier(earlier: readonly AnalysisResult[], log: ReadLog): readonly AnalysisResult[] {
  return earlier.map((result, index) => {
    const tracked = { ...result };
    for (const part of RESULT_PARTS)
      Object.defineProperty(tracked, part, {
        enumerable: true,
        get: () => {
          log.note(`earlier.${index}.${part}`);
          return result[part];
        },
      });
    return tracked;
  });
}

/** An input that notes what is read of it. `measurement` is not noted: results are kept for one curve only. */
export function trackInput(input: AnalysisInput, log: ReadLog): AnalysisInput {
  const own = trackConditions(input.measurement.conditions, log, 'own');
  const conditions = trackConditions(input.conditions, log, 'conditions');
  const earlier = trackEarlier(input.earlier, log);
  const noted = <T>(name: string, value: T): T => {
    log.note(name);
    return value;
  };
  return {
    measurement: { ...input.measurement, conditions: own },
    conditions,
    get conditioned() {
      return noted('conditioned', input.conditioned);
    },
    get earlier() {
      return noted('earlier', earlier);
    },
    get siblings() {
      return noted('siblings', input.siblings);
    },
    get branches() {
      return noted('branches', input.branches);
    },
    get windows() {
      return noted('windows', input.windows);
    },
    get fitOptions() {
      return noted('fitOptions', input.fitOptions ?? []);
    },
    get options() {
      return noted('options', input.options);
    },
    ...(input.recall ? { recall: input.recall } : {}),
    ...(input.cancelled ? { cancelled: input.cancelled } : {}),
  };
}
