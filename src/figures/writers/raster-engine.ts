/** The few parts of the WebAssembly interface that are needed; the core has no types of it. */
type Exports = Record<string, unknown>;
interface Instance {
  readonly exports: Exports;
}
interface WasmApi {
  readonly Instance: new (module: unknown, imports: unknown) => Instance;
  compile(bytes: Uint8Array | ArrayBuffer): Promise<unknown>;
  instantiate(source: unknown, imports?: unknown): Promise<unknown>;
}

/** Puts a fresh instance in place of one that failed. */
export interface RasterEngine {
  replace(): void;
}

/**
 * Starts resvg so that its instance can be replaced. A panic leaves an instance with a torn stack and half-written memory; the
 * library keeps its one instance for ever and refuses a second start. It is therefore handed an object of exports of ours, which
 * later gets those of another instance of the same code. @param start the library's own start, called once
 */
export async function startEngine(
  bytes: Uint8Array | ArrayBuffer,
  start: (module: ArrayBuffer) => Promise<void>,
): Promise<RasterEngine> {
  const api = Reflect.get(globalThis, 'WebAssembly') as WasmApi;
  const module = await api.compile(bytes);
  const create = api.instantiate;
  const live: Exports = {};
  let imports: unknown = null;
  const load = (): void => {
    // glue that keeps a view of the old memory sees it is gone when that memory grows, even by nothing
    (live['memory'] as { grow(pages: number): number } | undefined)?.grow(0);
    Object.assign(live, new api.Instance(module, imports).exports);
  };
  Object.assign(api, {
    instantiate: async (source: unknown, wanted: unknown): Promise<unknown> => {
      if (source !== module) return create.call(api, source, wanted);
      imports = wanted;
      load();
      return { instance: { exports: live }, module };
    },
  });
  try {
    await start(module as ArrayBuffer);
  } finally {
    Object.assign(api, { instantiate: create });
  }
  return { replace: load };
}
