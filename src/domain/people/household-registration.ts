// Where and how a household is registered (domain 8.4). It is asked for and never derived: the first six digits of an
// identity number name the place of first registration only.
import { type Term, termTyped } from '../shared/term.ts';

export type HouseholdRegistration =
  | 'district_urban'
  | 'district_rural'
  | 'city_urban'
  | 'city_rural'
  | 'province_urban'
  | 'province_rural'
  | 'elsewhere_urban'
  | 'elsewhere_rural'
  | 'other_urban'
  | 'other_rural'
  | 'hk_macao_taiwan'
  | 'foreign';

export const householdRegistrations: readonly Term<HouseholdRegistration>[] = [
  {
    code: 'district_urban',
    zh: '本区城镇',
    en: 'District, urban',
    also: ['本区非农', '本区非农业', '相城区城镇'],
  },
  { code: 'district_rural', zh: '本区农村', en: 'District, rural', also: ['本区农业', '相城区农村'] },
  {
    code: 'city_urban',
    zh: '本市外区城镇',
    en: 'Elsewhere in Suzhou, urban',
    also: ['本市外区非农', '本市外区非农业'],
  },
  { code: 'city_rural', zh: '本市外区农村', en: 'Elsewhere in Suzhou, rural', also: ['本市外区农业'] },
  {
    code: 'province_urban',
    zh: '省内外市城镇',
    en: 'Elsewhere in Jiangsu, urban',
    also: ['省内外市非农', '省内外市非农业'],
  },
  { code: 'province_rural', zh: '省内外市农村', en: 'Elsewhere in Jiangsu, rural', also: ['省内外市农业'] },
  {
    code: 'elsewhere_urban',
    zh: '外省城镇',
    en: 'Another province, urban',
    also: ['外省非农', '外省非农业'],
  },
  { code: 'elsewhere_rural', zh: '外省农村', en: 'Another province, rural', also: ['外省农业'] },
  // Rosters that only tell "not from here" are common; the finer value is not invented.
  { code: 'other_urban', zh: '外地城镇', en: 'Outside the district, urban', also: ['外区城镇', '外地非农'] },
  { code: 'other_rural', zh: '外地农村', en: 'Outside the district, rural', also: ['外区农村', '外地农业'] },
  { code: 'hk_macao_taiwan', zh: '港澳台', en: 'Hong Kong, Macao or Taiwan', also: ['香港', '澳门', '台湾'] },
  { code: 'foreign', zh: '外国', en: 'Foreign', also: ['国外', '外籍'] },
];

/** The household registration meant by what was typed, or null. */
export function householdRegistrationTyped(typed: string): HouseholdRegistration | null {
  return termTyped(householdRegistrations, typed);
}
