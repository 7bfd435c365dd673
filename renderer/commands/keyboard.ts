import type { Session } from '../state/session.ts';
import { COMMANDS, type Command } from './commands.ts';

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** A key press in the spelling of the commands: `Ctrl Shift Z`, `L`, `?`. Cmd counts as Ctrl. */
export function nameKey(event: KeyboardEvent): string {
  const key = NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const printable = event.key.length === 1 && !/[a-z0-9]/i.test(event.key);
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && !printable ? 'Shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'button', 'radio', 'range'].includes(target.type)
  );
}

const REGIONS = ['banner', 'library', 'tools', 'plot', 'inspector', 'status'] as const;

/** F6 walks header, library, tool row, plot, inspector and status bar; Shift goes back. */
function moveRegion(back: boolean): void {
  const all = REGIONS.map((name) => document.querySelector<HTMLElement>(`[data-region="${name}"]`)).filter(
    (element) => element !== null,
  );
  const at = all.findIndex((element) => element.contains(document.activeElement));
  const next = all[(at + (back ? -1 : 1) + all.length) % all.length];
  const target =
    next?.querySelector<HTMLElement>('button:not(:disabled),input,select,[tabindex="0"]') ?? next;
  target?.focus();
}

function findCommand(name: string): Command | undefined {
  return COMMANDS.find((command) => command.keys.includes(name));
}

/** Keys of the whole window. Single keys act only when no field has the focus. */
export function listenToKeys(session: Session): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const name = nameKey(event);
    if (name === 'F6' || name === 'Shift F6') {
      event.preventDefault();
      moveRegion(event.shiftKey);
      return;
    }
    const single = !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d|^Esc|^Page/.test(name);
    if (single && (isTyping(event.target) || session.view.get().overlay)) return;
    const command = findCommand(name);
    if (!command || command.enabled?.(session) === false) return;
    event.preventDefault();
    command.run(session);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
