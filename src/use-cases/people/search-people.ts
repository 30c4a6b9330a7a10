// Finds people by name, learner number or a whole document number, without any of it standing in an address.
import type { Deps } from '../../deps.ts';
import type { Actor } from '../../domain/accounts/actor.ts';
import { checkDocumentNumber, documentTypes } from '../../domain/people/document-type.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';

type SearchDeps = Pick<Deps, 'people' | 'peopleSearches' | 'unscoped' | 'transaction' | 'now'>;

/**
 * The one person in the actor's sight with this document number, or with the learner number of a record merged into it, or
 * else the id of a kept search for the list. A document number out of sight finds nobody, as if it were unknown.
 */
export async function searchPeople(
  deps: SearchDeps,
  command: { actor: Actor; text: string },
): Promise<{ personId: string } | { searchId: string }> {
  const { actor, text } = command;
  const ids = await personsOf(deps, text);
  if (ids.length > 0) {
    const person = await deps.people.findOne(actor.scope, { _id: { $in: ids } });
    if (person !== null) return { personId: person.id };
  }
  const searchId = await deps.transaction(() => deps.peopleSearches.keep(actor.accountId, text, deps.now()));
  return { searchId };
}

/** Whom a whole document number is of, or the learner number of a merged record leads to. */
async function personsOf(deps: SearchDeps, text: string): Promise<string[]> {
  const { byDocument, keptOf } = deps.unscoped.personIdentity;
  const learnerNumber = text.trim().toUpperCase();
  if (/^L\d{8}$/.test(learnerNumber)) return keptOf(learnerNumber);
  const hashes = documentHashes(deps, text);
  return hashes.length > 0 ? byDocument(hashes) : [];
}

/** The hash under every document type the text could be a number of; names and learner numbers give none. */
function documentHashes(deps: SearchDeps, text: string): string[] {
  if (!/\d{4}/.test(text.normalize('NFKC'))) return [];
  const today = dayOf(deps.now());
  return documentTypes.flatMap(({ code }) => {
    const checked = checkDocumentNumber(code, text, today, { history: true });
    return checked.ok ? deps.people.documentHashes(code, checked.number) : [];
  });
}
