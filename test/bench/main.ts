/** npm run bench [-- NAME...]: runs the benchmarks of this folder, all or the named ones. Each prints its own table. */

interface Benchmark {
  /** Compares with a peer or a reference loop in the same run; prints a table. */
  run(): void | Promise<void>;
}

const files = import.meta.glob<Benchmark>('./*.bench.ts');
const benches = new Map(
  Object.entries(files).map(([path, load]) => [path.replace(/^\.\//, '').replace(/\.bench\.ts$/, ''), load]),
);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.has(name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}. Known: ${[...benches.keys()].join(', ')}.\n`,
  );
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : benches.keys()) {
  process.stdout.write(`\n== ${name}\n`);
  const bench = await benches.get(name)?.();
  await bench?.run();
}
