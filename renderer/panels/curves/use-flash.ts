import { useEffect, useState } from 'react';

const FLASH_MS = 2400;

/** The cause whose masked points are ringed for a moment; asking again lets go at once. */
export function useFlash(id: string): {
  readonly flashed: string | null;
  readonly flash: (cause: string) => void;
} {
  const [asked, setAsked] = useState<{ readonly id: string; readonly cause: string } | null>(null);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => setAsked(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const flashed = asked?.id === id ? asked.cause : null;
  return { flashed, flash: (cause) => setAsked(flashed === cause ? null : { id, cause }) };
}
