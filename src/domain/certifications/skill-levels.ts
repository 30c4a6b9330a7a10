// The one ordered scale of skill (domain 2.1). National level numbers fall as skill rises: compare by rank only.

export interface SkillLevel {
  readonly code: string;
  readonly rank: number;
  readonly zh: string;
  readonly en: string;
  /** 五级 … 一级; null where the national scale has no name. */
  readonly nationalLevel: string | null;
  /** Place 16 of a certificate number; null where none is fixed. */
  readonly digit: string | null;
  readonly validFrom: string;
}

export const skillLevels: readonly SkillLevel[] = [
  {
    code: 'apprentice',
    rank: 1,
    zh: '学徒工',
    en: 'Apprentice worker',
    nationalLevel: null,
    digit: null,
    validFrom: '2022-03-01',
  },
  {
    code: 'junior',
    rank: 2,
    zh: '初级工',
    en: 'Junior',
    nationalLevel: '五级',
    digit: '5',
    validFrom: '1994-01-01',
  },
  {
    code: 'intermediate',
    rank: 3,
    zh: '中级工',
    en: 'Intermediate',
    nationalLevel: '四级',
    digit: '4',
    validFrom: '1994-01-01',
  },
  {
    code: 'senior',
    rank: 4,
    zh: '高级工',
    en: 'Senior',
    nationalLevel: '三级',
    digit: '3',
    validFrom: '1994-01-01',
  },
  {
    code: 'technician',
    rank: 5,
    zh: '技师',
    en: 'Technician',
    nationalLevel: '二级',
    digit: '2',
    validFrom: '1994-01-01',
  },
  {
    code: 'senior_technician',
    rank: 6,
    zh: '高级技师',
    en: 'Senior technician',
    nationalLevel: '一级',
    digit: '1',
    validFrom: '1994-01-01',
  },
  {
    code: 'master_technician',
    rank: 7,
    zh: '特级技师',
    en: 'Master technician',
    nationalLevel: null,
    digit: null,
    validFrom: '2022-03-01',
  },
  {
    code: 'chief_technician',
    rank: 8,
    zh: '首席技师',
    en: 'Chief technician',
    nationalLevel: null,
    digit: null,
    validFrom: '2022-03-01',
  },
];

/** The level of a code, or null. */
export function skillLevelOf(code: string | null): SkillLevel | null {
  return skillLevels.find((level) => level.code === code) ?? null;
}

/** The rank of a level's code, 1 to 8; throws for an unknown code. */
export function rankOf(code: string): number {
  const level = skillLevelOf(code);
  if (level === null) throw new Error(`There is no skill level ${code}`);
  return level.rank;
}

/** High-skilled talent: 高级工 and above (rank 4 and more). */
export function isHighSkilled(rank: number | null): boolean {
  return rank !== null && rank >= 4;
}

/** The level whose digit stands at place 16 of a number, or null. */
export function skillLevelOfDigit(digit: string): SkillLevel | null {
  return skillLevels.find((level) => level.digit === digit) ?? null;
}

/** The levels in force on a day, lowest first: five until 2022. */
export function skillLevelsOn(day: string): readonly SkillLevel[] {
  return skillLevels.filter((level) => level.validFrom <= day);
}

/** The level meant by 高级工, 三级, 3级, 高级工（三级）, senior or level 3; null for anything else, 无级别 too. */
export function skillLevelTyped(typed: string): SkillLevel | null {
  const key = typed
    .normalize('NFKC')
    .replace(/[\s_/·-]/g, '')
    .toLowerCase();
  const wordsOf = ({ code, zh, en, nationalLevel, digit }: SkillLevel) => {
    const names = [zh, en, code].map((name) => name.replace(/[\s_]/g, '').toLowerCase());
    if (nationalLevel === null || digit === null) return names;
    const numbered = [nationalLevel, `${digit}级`, `level${digit}`];
    const joined = numbered.flatMap((one) => [
      `${zh}(${one})`,
      `${one}(${zh})`,
      `${zh}${one}`,
      `${one}${zh}`,
    ]);
    return [...names, ...numbered, ...joined];
  };
  return skillLevels.find((level) => wordsOf(level).includes(key)) ?? null;
}
