import { useEffect, useState } from 'react';
import { type Palette, readPalette } from '../../plot/palette.ts';

/** Colours of the theme in force; read again when it changes. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(readPalette);
  useEffect(() => {
    const again = () => setPalette(readPalette());
    again();
    addEventListener('ivory:theme', again);
    return () => removeEventListener('ivory:theme', again);
  }, []);
  return palette;
}
