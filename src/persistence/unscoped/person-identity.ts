// Whether a document is on record must be asked over all centres; what comes back is a verdict, never a stored fact.
import type { IdentityVerdict, Person } from '../../domain/people/person.ts';
import { personNameKey } from '../../domain/people/person-name.ts';
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

const fields: Record<string, 1> = {
  documentHash: 1,
  name: 1,
  nameKey: 1,
  birthDay: 1,
  gender: 1,
  mergedInto: 1,
};

export function createPersonIdentity(people: People) {
  const read = async (filter: Record<string, unknown>): Promise<Known[]> =>
    (await people.documents.find(filter, { fields })) as unknown as Known[];

  const withKept = async (found: readonly Known[]): Promise<KnownRecords[]> => {
    const records = found.map((one) => [one]);
    for (;;) {
      const open = records.filter((one) => one.at(-1)!.mergedInto);
      if (open.length === 0) return records.map((one) => ({ keptId: one.at(-1)!._id, records: one }));
      const next = await read({ _id: { $in: open.map((one) => one.at(-1)!.mergedInto) } });
      const byId = new Map(next.map((one) => [one._id, one]));
      for (const one of open) one.push(byId.get(one.at(-1)!.mergedInto!)!);
    }
  };

  return {
    /** One verdict per claim, in their order, with one query for all of them. */
    async match(claims: readonly IdentityClaim[]): Promise<IdentityVerdict[]> {
      const hashes = [...new Set(claims.flatMap((claim) => claim.documentHashes))];
      const byHash = new Map<string, KnownRecords>();
      for (const records of await withKept(await read({ documentHash: { $in: hashes } })))
        byHash.set(records.records[0]!.documentHash, records);
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
      const [found] = await withKept(await read({ documentHash }));
      return found?.records.some((one) => keyOf(one) === nameKey) ? found.keptId : null;
    },
    /** The ids of persons kept under these hashes; whether they are in sight is for the caller to ask. */
    async byDocument(documentHashes: readonly string[]): Promise<string[]> {
      const found = await withKept(await read({ documentHash: { $in: [...documentHashes] } }));
      return found.map((one) => one.keptId);
    },
    /** The id of the person kept in place of a merged one of this learner number; none when it was not merged. */
    async keptOf(learnerNumber: string): Promise<string[]> {
      const found = await withKept(await read({ learnerNumber }));
      return found.filter((one) => one.records.length > 1).map((one) => one.keptId);
    },
  };
}

type Known = Pick<Person, 'name' | 'birthDay' | 'gender' | 'documentHash'> & {
  readonly _id: string;
  readonly nameKey: string | null;
  readonly mergedInto?: string | null;
};

/** A record and, where it was merged, those it was merged into: the last is the person kept. */
interface KnownRecords {
  readonly keptId: string;
  readonly records: readonly Known[];
}

/** A merged record keeps its name, but not the key that lists go by. */
function keyOf({ nameKey, name }: Known): string {
  return nameKey ?? personNameKey(name);
}

/** What a merged record knows counts as much as what the kept one does: papers of either are the same person's. */
function verdictOf(claim: IdentityClaim, known: KnownRecords | undefined): IdentityVerdict {
  if (known === undefined) return { kind: 'new', personId: null };
  const differing = known.records.map((one) => differenceOf(claim, one));
  if (differing.includes(null)) return { kind: 'matched', personId: known.keptId };
  return { kind: 'conflict', personId: null, field: differing[0]! };
}

function differenceOf(claim: IdentityClaim, known: Known): 'name' | 'birthDay' | 'gender' | null {
  if (keyOf(known) !== claim.nameKey) return 'name';
  for (const field of ['birthDay', 'gender'] as const)
    if (claim[field] !== null && known[field] !== null && claim[field] !== known[field]) return field;
  return null;
}
