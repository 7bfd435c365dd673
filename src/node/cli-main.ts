import { parseArgs, suggestWord, UsageError } from './args.ts';
import { readVersion } from './bundle-files.ts';
import { type Command, type CommandContext, EXIT } from './command.ts';
import { COMMANDS } from './commands/registry.ts';
import { writeIssue } from './messages.ts';
import { OutputError } from './output-folder.ts';
import { layoutTable } from './text-table.ts';

const ALIASES: Readonly<Record<string, string>> = { analyze: 'analyse' };

function overview(): string {
  const rows = COMMANDS.map((command) => [command.id, command.summary]);
  return `Ivory ${readVersion()}: raw instrument files in; parameters, overlays and figures out.

${layoutTable(rows, { indent: '  ' })}
Every command has --help. --json prints JSON Lines on standard output and nothing else.
Exit status: 0 done, 1 some files could not be used, 2 wrong use, 130 cancelled.
`;
}

function helpOf(command: Command): string {
  const options = command.options.map((option) => [
    `--${option.name}${option.kind === 'flag' ? '' : ` ${option.placeholder ?? 'VALUE'}`}`,
    option.help,
  ]);
  const details = command.details ? `\n${command.details.trim()}\n` : '';
  return `${command.usage}\n\n${command.summary}\n${details}\n${layoutTable(options, { indent: '  ' })}`;
}

function findCommand(name: string): Command {
  const id = ALIASES[name] ?? name;
  const command = COMMANDS.find((known) => known.id === id);
  if (command) return command;
  const near = suggestWord(
    name,
    COMMANDS.map((known) => known.id),
  );
  throw new UsageError(
    `There is no command '${name}'.`,
    near ? `Did you mean ${near}?` : 'See ivory --help.',
  );
}

/** Runs one command line and answers its exit status; the only place where a throw becomes a message. */
export async function runCli(words: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  try {
    const [name, ...rest] = words;
    if (name === undefined) {
      terminal.err(overview());
      return EXIT.wrongUse;
    }
    if (name === '--help' || name === '-h' || name === 'help') {
      await terminal.out(rest[0] === undefined ? overview() : helpOf(findCommand(rest[0])));
      return EXIT.done;
    }
    if (name === '--version' || name === '-V' || name === 'version') {
      await terminal.out(`${readVersion()}\n`);
      return EXIT.done;
    }
    const command = findCommand(name);
    const args = parseArgs(rest, command.options);
    if (args.flags.has('help')) {
      await terminal.out(helpOf(command));
      return EXIT.done;
    }
    const [least, most] = command.positionals;
    if (args.positionals.length < least) throw new UsageError(`Something is missing: ${command.usage}`);
    if (args.positionals.length > most) {
      throw new UsageError(`'${args.positionals[most]}' is one word too many.`, command.usage);
    }
    return await command.run(args, context);
  } catch (cause) {
    if (cause instanceof UsageError) {
      terminal.err(`${cause.message}${cause.hint ? ` ${cause.hint}` : ''}\n`);
      return EXIT.wrongUse;
    }
    if (cause instanceof OutputError) {
      terminal.err(writeIssue(cause.issue));
      return EXIT.someFailed;
    }
    const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    terminal.err(
      `Ivory broke. This is a fault of the program; please report it with these lines:\n${reason}\n`,
    );
    return EXIT.someFailed;
  }
}
