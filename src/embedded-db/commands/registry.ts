// Every command the server answers, by its name on the wire.
import { unsupported } from '../errors.ts';
import type { Request } from '../wire/messages.ts';
import { aggregation } from './aggregate.ts';
import { collections } from './collections.ts';
import type { Command } from './command.ts';
import { cursors } from './cursors.ts';
import { diagnostics } from './diagnostics.ts';
import { explaining } from './explain.ts';
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

/** The command of a request, or CommandNotFound (59). */
export function commandOf({ name }: Request): Command {
  const command = COMMANDS.get(name);
  if (command) return command;
  throw unsupported(`The command ${name}`, 59);
}
