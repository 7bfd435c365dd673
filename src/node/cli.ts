import { runCli } from './cli-main.ts';
import { EXIT } from './command.ts';
import { openProcessTerminal } from './terminal.ts';

const cancel = new AbortController();
process.on('SIGINT', () => {
  // a second Ctrl+C does not wait for anything
  if (cancel.signal.aborted) process.exit(EXIT.cancelled);
  cancel.abort();
});
process.on('SIGTERM', () => cancel.abort());

process.exitCode = await runCli(process.argv.slice(2), { terminal: openProcessTerminal(cancel.signal) });
