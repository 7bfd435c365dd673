/** Several figures side by side in one SVG, for looking at them together. */
export function joinSvgs(
  svgs: readonly string[],
  columns: number,
  cell_pt: readonly [number, number],
): string {
  const rows = Math.ceil(svgs.length / columns);
  const [w, h] = cell_pt;
  const parts = svgs.map((svg, i) => {
    const inner = svg.slice(svg.indexOf('<svg '));
    const box = /viewBox="([^"]+)"/.exec(inner)?.[1] ?? '0 0 1 1';
    const [, , bw = 1, bh = 1] = box.split(' ').map(Number);
    const scale = Math.min((w - 8) / bw, (h - 8) / bh);
    const at = `x="${(i % columns) * w}" y="${Math.floor(i / columns) * h}"`;
    return inner
      .replace(
        /<svg [^>]*>/,
        `<svg xmlns="http://www.w3.org/2000/svg" ${at} width="${bw * scale}" height="${bh * scale}" viewBox="${box}">`,
      )
      .replace(/<style>.*?<\/style>/s, '');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${columns * w}" height="${rows * h}" viewBox="0 0 ${columns * w} ${rows * h}"><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>`;
}
