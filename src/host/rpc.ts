import * as z from 'zod/mini';
import { error } from '../base/issues.ts';
import { fail, type Result } from '../base/result.ts';
import { type Channel, IPC_CONTRACT, type RequestOf, type ResponseOf } from './ipc-contract.ts';

export type Handlers = { readonly [C in Channel]: (request: RequestOf<C>) => Promise<Result<ResponseOf<C>>> };

/** Where a message came from, as far as the decision needs it. */
export interface Sender {
  /** URL of the frame, '' when the frame is gone. */
  readonly url: string;
  readonly isMainFrame: boolean;
}

/** The page's own origin; anything else, the empty URL included, is refused. */
export const PAGE_ORIGIN = 'app://ivory';

export function isTrustedSender(sender: Sender | null): boolean {
  if (!sender?.isMainFrame) return false;
  return sender.url === PAGE_ORIGIN || sender.url.startsWith(`${PAGE_ORIGIN}/`);
}

/**
 * One validated entry for all requests: sender, channel, shape and size are checked before a handler sees anything,
 * and a throw becomes an INTERNAL issue, because the class of an Error is lost on the way to the page.
 */
export async function dispatch(
  handlers: Handlers,
  sender: Sender | null,
  channel: string,
  request: unknown,
): Promise<Result<unknown>> {
  if (!isTrustedSender(sender))
    return fail(error('WRONG_USE', 'A request from outside the window was refused.'));
  if (!Object.hasOwn(IPC_CONTRACT, channel)) return fail(error('WRONG_USE', 'There is no such request.'));
  const known = channel as Channel;
  const parsed = z.safeParse(IPC_CONTRACT[known].request, request);
  if (!parsed.success)
    return fail(error('WRONG_USE', `The request ${known} does not have the agreed shape.`));
  try {
    const handler = handlers[known] as (value: unknown) => Promise<Result<unknown>>;
    return await handler(parsed.data);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return fail(error('INTERNAL', `Something in Ivory broke during ${known}: ${reason}`));
  }
}
