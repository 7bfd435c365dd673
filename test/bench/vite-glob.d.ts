/** The one feature of the bundler that the benchmarks use: every file of a pattern, loaded on demand. */
interface ImportMeta {
  glob<T>(pattern: string): Record<string, () => Promise<T>>;
}
