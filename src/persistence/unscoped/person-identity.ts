// Whether a document is on record must be asked over all centres; what comes back is a verdict, never a stored fact.
import type { IdentityVerdict, Person } from '../../domain/people/person.ts';
import type { People } from '../people.ts';

/** What a row states of its person; facts the document does not carry are null and not compared. */
export interface IdentityClaim {
  /** Under every key in use. */
  readonly documentHashes: readonly string[];
  readonly nameKey: string;
  readonly birthDay: string | null;
  readonly gender: string | null;
}

export type PersonIdentity = ReturnType<typeof createPersonIdentity>;

export function createPersonIdentity(people: People) {
  return {
    /** One verdict per claim, in their order, with one query for all of them. */
    async match(claims: readonly IdentityClaim[]): Promise<IdentityVerdict[]> {
      const hashes = [...new Set(claims.flatMap((claim) => claim.documentHashes))];
      const found = await people.model
        .find({ documentHash: { $in: hashes } }, { documentHash: 1, nameKey: 1, birthDay: 1, gender: 1 })
        .lean();
      const byHash = new Map(found.map((person) => [person['documentHash'], person as unknown as Known]));
      return claims.map((claim) =>
        verdictOf(claim, claim.documentHashes.map((hash) => byHash.get(hash)).find(Boolean)),
      );
    },
    /** The id of the person with this document and name, or null. */
    async byDocumentAndName(
      documentType: string,
      documentNumber: string,
      nameKey: string,
    ): Promise<string | null> {
      const documentHash = { $in: [...people.documentHashes(documentType, documentNumber)] };
      const found = await people.model.findOne({ documentHash }, { nameKey: 1 }).lean();
      return found !== null && found['nameKey'] === nameKey ? found._id : null;
    },
  };
}

type Known = Pick<Person, 'nameKey' | 'birthDay' | 'gender'> & { readonly _id: string };

function verdictOf(claim: IdentityClaim, known: Known | undefined): IdentityVerdict {
  if (known === undefined) return { kind: 'new', personId: null };
  if (known.nameKey !== claim.nameKey) return { kind: 'conflict', personId: null, field: 'name' };
  for (const field of ['birthDay', 'gender'] as const) {
    const differs = claim[field] !== null && known[field] !== null && claim[field] !== known[field];
    if (differs) return { kind: 'conflict', personId: null, field };
  }
  return { kind: 'matched', personId: known._id };
}
