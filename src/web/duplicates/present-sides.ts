// What the two records say of each item: as shown, numbers masked, and as compared.
import type { Deps } from '../../deps.ts';
import { documentTypes } from '../../domain/people/document-type.ts';
import { educations } from '../../domain/people/education.ts';
import { genders } from '../../domain/people/gender.ts';
import { householdRegistrations } from '../../domain/people/household-registration.ts';
import { keyGroups } from '../../domain/people/key-group.ts';
import type { HeldRecords } from '../../domain/people/merge-obstacles.ts';
import type { MergeField } from '../../domain/people/person-merge.ts';
import type { Person } from '../../domain/people/person.ts';
import { dayOf } from '../../domain/shared/calendar-day.ts';
import { termOf, type Term } from '../../domain/shared/term.ts';
import { formatDay } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';

export interface Item {
  readonly label: string;
  readonly values: readonly [string, string];
  /** What tells whether the two differ; empty where nothing is known. It never reaches the page. */
  readonly key: readonly [string, string];
}

export interface Sides {
  readonly fields: Readonly<Record<MergeField, Item>>;
  readonly rows: readonly (Pick<Item, 'label' | 'values'> & { readonly differs: boolean })[];
}

/** The birth day is not shown: with the masked number it would give the whole one away. */
export function presentSides(
  deps: Pick<Deps, 'people'>,
  { t, lang }: Exchange,
  people: readonly [Person, Person],
  held: readonly [HeldRecords, HeldRecords],
): Sides {
  const word = (terms: readonly Term[], code: string | null) => termOf(terms, code)?.[lang] ?? '';
  const item = (
    label: string,
    show: (person: Person) => string,
    key: (person: Person) => string = show,
  ): Item => ({
    label,
    values: [shown(show(people[0])), shown(show(people[1]))],
    key: [key(people[0]), key(people[1])],
  });
  const shown = (value: string) => (value === '' ? t('people.merge.nothing') : value);
  const number = (person: Person, field: 'documentNumber' | 'mobile') =>
    deps.people.openNumber(person, field) ?? '';
  const fields: Record<MergeField, Item> = {
    name: item(t('people.name'), (one) => one.name),
    document: item(
      t('people.document'),
      (one) => `${word(documentTypes, one.documentType)} ${deps.people.masked(one).number}`,
      (one) => `${one.documentType} ${number(one, 'documentNumber')}`,
    ),
    mobile: item(
      t('people.mobile'),
      (one) => deps.people.masked(one).mobile ?? '',
      (one) => number(one, 'mobile'),
    ),
    education: item(t('people.education'), (one) => word(educations, one.education)),
    householdRegistration: item(t('people.household'), (one) =>
      word(householdRegistrations, one.householdRegistration),
    ),
    keyGroups: item(t('people.keyGroups'), (one) =>
      one.keyGroups
        .map(({ group, from }) =>
          t('people.keyGroupSince', { group: word(keyGroups, group), day: formatDay(lang, from) }),
        )
        .join(lang === 'zh' ? '、' : ', '),
    ),
  };
  const count = (label: string, of: (records: HeldRecords) => number) => ({
    label,
    values: [String(of(held[0])), String(of(held[1]))] as const,
    differs: false,
  });
  return {
    fields,
    rows: [
      ...[
        ...Object.values(fields),
        item(t('people.gender'), (one) => word(genders, one.gender)),
        item(t('people.registeredOn'), (one) => formatDay(lang, dayOf(one.createdAt))),
      ].map((one) => ({ ...one, differs: one.key[0] !== one.key[1] })),
      count(
        t('people.merge.field.enrolments'),
        ({ enrolments }) => enrolments.filter((one) => one.status !== 'undone').length,
      ),
      count(t('people.merge.field.certificates'), ({ certificates }) => certificates.length),
      count(t('people.merge.field.apprentices'), ({ apprentices }) => apprentices.length),
    ],
  };
}
