// Where sealed values and keyed hashes lie, so that a rotation of keys reaches all of them.
import type { CheckedRow } from '../../domain/training/roster-import.ts';
import type { Cipher } from '../cipher.ts';
import { documentHashesOf } from '../roster-row-hashes.ts';

type Stored = Readonly<Record<string, unknown>>;
type Rehash = (document: Stored, cipher: Cipher) => Readonly<Record<string, string | readonly string[]>>;

export interface SealedCollection {
  readonly name: string;
  readonly sealed: readonly string[];
  /** Keyed hashes that can be made anew from what the document seals. */
  readonly hashed: readonly string[];
  /** The same, lists of hashes; a document kept before there was a list gets it. */
  readonly hashLists?: readonly string[];
  readonly rehash?: Rehash;
  /** How many documents are held in memory at once; 200 unless each is large. */
  readonly page?: number;
}

const text = (document: Stored, field: string): string | null =>
  typeof document[field] === 'string' ? document[field] : null;

function rehashPerson(person: Stored, cipher: Cipher): Readonly<Record<string, string>> {
  const number = cipher.open(text(person, 'documentSealed')!);
  const mobile = text(person, 'mobileSealed');
  return {
    documentHash: cipher.hash('document', `${text(person, 'documentType')}|${number}`),
    ...(mobile === null ? {} : { mobileHash: cipher.hash('mobile', cipher.open(mobile)) }),
  };
}

/** A print's token is the end of the address that its QR code holds. */
function rehashPrint(print: Stored, cipher: Cipher): Readonly<Record<string, string>> {
  const token = cipher.open(text(print, 'checkAddressSealed')!).split('/c/').at(-1)!;
  return { tokenHash: cipher.hash('print', token) };
}

/** Documents named by the rows of a roster; parts kept before these hashes were have none. */
function rehashRows(part: Stored, cipher: Cipher): Readonly<Record<string, readonly string[]>> {
  const rows = JSON.parse(cipher.open(text(part, 'sealed')!)) as CheckedRow[];
  return { documentHashes: documentHashesOf(rows, cipher) };
}

/** One document, sealed at the first start: it tells whose keys a database is under before anything else does. */
export const witnesses = 'keyWitnesses';

export const sealedCollections: readonly SealedCollection[] = [
  { name: witnesses, sealed: ['sealed'], hashed: [] },
  {
    name: 'people',
    sealed: ['documentSealed', 'mobileSealed'],
    hashed: ['documentHash', 'mobileHash'],
    rehash: rehashPerson,
  },
  { name: 'personMerges', sealed: ['keptMobileSealed', 'mergedDocumentSealed'], hashed: [] },
  { name: 'certificates', sealed: ['documentNumberSealed'], hashed: [] },
  { name: 'prints', sealed: ['checkAddressSealed'], hashed: ['tokenHash'], rehash: rehashPrint },
  { name: 'certificateImports', sealed: ['rowsSealed'], hashed: [], page: 10 },
  {
    name: 'rosterImportParts',
    sealed: ['sealed'],
    hashed: [],
    hashLists: ['documentHashes'],
    rehash: rehashRows,
    page: 10,
  },
  { name: 'keptFileParts', sealed: ['sealed'], hashed: [], page: 4 },
  { name: 'peopleSearches', sealed: ['textSealed'], hashed: [] },
  { name: 'subjectRequests', sealed: ['wantedSealed'], hashed: [] },
  { name: 'credentials', sealed: ['sealedSecret', 'sealedOffer'], hashed: [] },
  { name: 'heldForms', sealed: ['sealed'], hashed: [] },
];

/** Keyed hashes of codes nobody keeps: they stay under the key they were made with until they are used or over. */
export const codeHashes = [
  { name: 'claimCodes', field: 'codeHash', what: 'claim codes' },
  { name: 'credentials', field: 'recovery', what: 'recovery codes' },
] as const;
