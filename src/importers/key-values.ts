/** Header lines as key and value: `Key: value`, `Key=value`, `Key,value`, `#Key,value`, `Key<tab>value`; other lines under their number. */
export function keyValues(lines: readonly string[]): (readonly [string, string])[] {
  return lines.flatMap((line, i): (readonly [string, string])[] => {
    const text = line.replace(/^\s*[#%]+\s*/, '').trim();
    if (text === '' || /^[\s,;+=\-_*]*$/.test(text)) return [];
    const match = /^"?([^:=,;\t"]{1,120}?)"?\s*[:=,;\t]\s*(.*)$/.exec(text);
    return match
      ? [[match[1]!, match[2]!.replace(/[,;\s]+$/, '').replace(/^"(.*)"$/, '$1')]]
      : [[`line ${i + 1}`, text]];
  });
}
