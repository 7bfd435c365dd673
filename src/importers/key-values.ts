/** Text without the separators and blanks at its end; a loop, because the expression for it is quadratic in long runs. */
function dropTail(text: string): string {
  let end = text.length;
  while (end > 0 && /[,;\s]/.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Header lines as key and value: `Key: value`, `Key=value`, `Key,value`, `#Key,value`, `Key<tab>value`; other lines under their number. */
export function keyValues(lines: readonly string[]): (readonly [string, string])[] {
  return lines.flatMap((line, i): (readonly [string, string])[] => {
    const text = line
      .trim()
      .replace(/^[#%]+/, '')
      .trim();
    if (text === '' || /^[\s,;+=\-_*]*$/.test(text)) return [];
    const match = /^"?([^:=,;\t"]{1,120}?)"?\s{0,200}[:=,;\t](.*)$/.exec(text);
    return match
      ? [[match[1]!, dropTail(match[2]!.trim()).replace(/^"(.*)"$/, '$1')]]
      : [[`line ${i + 1}`, text]];
  });
}
