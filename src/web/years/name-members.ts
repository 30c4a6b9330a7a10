// Names of the members of a dimension: months, areas, bodies, occupations and the rest, unknown and not applicable too.
import type { Deps } from '../../deps.ts';
import { notApplicable, outside, unknown, type Dimension } from '../../domain/headcounts/index.ts';
import { educations } from '../../domain/people/education.ts';
import { keyGroups } from '../../domain/people/key-group.ts';
import { termOf } from '../../domain/shared/term.ts';
import { formatMonthOnly } from '../formatting/format-day.ts';
import type { Exchange } from '../kernel/exchange.ts';
import { areaName, levelName, occupationName } from '../presenting/names.ts';

export type NameOf = (dimension: Dimension, member: string) => string;

/** Names in the viewer's language; `members` are those that will be asked for. */
export async function nameMembers(
  deps: Deps,
  exchange: Exchange,
  members: readonly { dimension: Dimension; member: string }[],
): Promise<NameOf> {
  const bodies = await deps.organisations.namesOf(
    members
      .filter(({ dimension }) => dimension === 'centre' || dimension === 'evaluator')
      .map(({ member }) => member),
  );
  const { t, lang } = exchange;
  const special: Readonly<Record<string, string>> = {
    [unknown]: 'years.member.unknown',
    [notApplicable]: 'years.member.notApplicable',
    [outside]: 'years.member.outside',
  };
  const worded = (key: string, member: string) => (exchange.site.wording.has(key) ? t(key) : member);
  return (dimension, member) => {
    if (Object.hasOwn(special, member)) return t(special[member]!);
    switch (dimension) {
      case 'month':
        return formatMonthOnly(lang, Number(member));
      case 'area':
        return areaName(deps.reference, lang, member);
      case 'centre':
      case 'evaluator':
        return bodies.get(member) ?? member;
      case 'occupation':
        return occupationName(deps.reference, lang, member);
      case 'level':
        return levelName(lang, member);
      case 'education':
        return termOf(educations, member)?.[lang] ?? member;
      case 'keyGroup':
        return termOf(keyGroups, member)?.[lang] ?? member;
      case 'kind':
        return worded(`training.kind.${member}`, worded(`certificates.kind.${member}`, member));
      case 'fundingSource':
        return worded(`training.fund.${member}`, member);
      default:
        return worded(`years.member.${dimension}.${member}`, member);
    }
  };
}
