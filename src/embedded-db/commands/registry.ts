// Every command the server answers, by its name on the wire.
import { unsupported } from '../errors.ts';
import type { Request } from '../wire/messages.ts';
import { aggregation } from './aggregate.ts';
import { collections } from './collections.ts';
import type { Command } from './command.ts';
import { cursors } from './cursors.ts';
import { diagnostics } from './diagnostics.ts';
import { explaining } from './explain.ts';
import { checkFields } from './fields.ts';
import { reads } from './find.ts';
import { handshake } from './hello.ts';
import { listing } from './listing.ts';
import { writes } from './writes.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...aggregation,
    ...collections,
    ...cursors,
    ...diagnostics,
    ...explaining,
    ...handshake,
    ...listing,
    ...reads,
    ...writes,
  }),
);

/** The command of a request: CommandNotFound (59) if there is none, and a refusal of fields it has not. */
export function commandOf({ name, body }: Request): Command {
  const command = COMMANDS.get(name);
  if (!command) throw unsupported(`The command ${name}`, 59);
  checkFields(name, body);
  return command;
}
