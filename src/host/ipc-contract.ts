import * as z from 'zod/mini';
import type { Result } from '../base/result.ts';

/** Everything the page may ask of Electron's main process: one schema a channel, for the request and for the answer. */

const LIMITS = { name: 1024, token: 128, files: 200_000, bytes: 2 ** 31 - 1 } as const;

const token = z.string().check(z.minLength(16), z.maxLength(LIMITS.token), z.regex(/^[A-Za-z0-9_-]+$/));
const name = z.string().check(z.minLength(1), z.maxLength(LIMITS.name));
const bytes = z.instanceof(Uint8Array).check(z.refine((array) => array.byteLength <= LIMITS.bytes));
const nothing = z.strictObject({});

const fileHandle = z.strictObject({ token, name, size: z.number(), modified: z.number() });
const folderHandle = z.strictObject({
  token,
  name,
  files: z.array(fileHandle).check(z.maxLength(LIMITS.files)),
  skipped: z.array(z.strictObject({ name, reason: z.string() })),
});
const named = z.strictObject({ name });

export const IPC_CONTRACT = {
  'files:open': { request: nothing, response: z.array(fileHandle) },
  'folder:open': { request: nothing, response: z.nullable(folderHandle) },
  'samples:open': { request: nothing, response: folderHandle },
  'file:read': { request: z.strictObject({ token }), response: bytes },
  'file:save': {
    request: z.strictObject({ suggestedName: name, bytes, mimeType: name }),
    response: z.nullable(named),
  },
  'folder:choose': { request: nothing, response: z.nullable(z.strictObject({ token, name })) },
  'folder:save-into': {
    request: z.strictObject({ folderToken: token, relativePath: name, bytes }),
    response: named,
  },
} as const;

export type Channel = keyof typeof IPC_CONTRACT;
export type RequestOf<C extends Channel> = z.infer<(typeof IPC_CONTRACT)[C]['request']>;
export type ResponseOf<C extends Channel> = z.infer<(typeof IPC_CONTRACT)[C]['response']>;

export const CHANNELS = Object.keys(IPC_CONTRACT) as readonly Channel[];

/** Menu commands that the main process sends to the page. */
export const MENU_COMMANDS = [
  'open-files',
  'open-folder',
  'export',
  'undo',
  'redo',
  'keys',
  'about',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** What the preload puts on `window.ivory`: two functions, nothing else of Electron. */
export interface IvoryBridge {
  invoke<C extends Channel>(channel: C, request: RequestOf<C>): Promise<Result<ResponseOf<C>>>;
  /** Returns the function that unsubscribes. */
  onMenu(listener: (command: MenuCommand) => void): () => void;
}
