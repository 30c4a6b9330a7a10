// Invented people: every identity number has the division 320599, which was never assigned, and a right check character.
import { idCheckCharacter } from '../../../domain/people/id-number.ts';
import type { RosterRow } from '../../../domain/training/roster-row.ts';
import type { Random } from './random.ts';

export interface Identity {
  readonly name: string;
  readonly documentNumber: string;
  readonly gender: 'male' | 'female';
  readonly birthDay: string;
  readonly education: string;
  readonly household: string;
  readonly keyGroup: string;
  readonly employer: string;
  /** Known once the person is on record. */
  personId: string | null;
  /** Day from which the person may sit in another session. */
  freeFrom: string;
  /** Highest rank certified so far, 0 for none. */
  rank: number;
  certified: number;
}

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const firsts = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬晨雪梅鹏辉志文海建国庆春林云天宇浩然子涵雨欣佳怡俊凯思远嘉瑞雅宁博泽晓峰',
];
const educations = [
  '初中',
  '初中',
  '高中',
  '高中',
  '中专',
  '中专',
  '技校',
  '大专',
  '大专',
  '大专',
  '本科',
  '本科',
  '硕士研究生',
];
const households = [
  '本区城镇',
  '本区农村',
  '本区农村',
  '本市外区城镇',
  '省内外市农村',
  '省内外市城镇',
  '外省农村',
  '外省农村',
  '外省城镇',
];
const groups = [
  '',
  '',
  '',
  '企业在职职工',
  '企业在职职工',
  '农村劳动力',
  '农村劳动力',
  '登记失业人员',
  '高校毕业生',
  '退役军人',
  '就业困难人员',
  '残疾人',
  '农村劳动力、登记失业人员',
];

export interface Population {
  invent(employers: readonly string[]): Identity;
}

/** Makes people one after the other; no two share a number, nor do populations that begin at different places of one step. */
export function createPopulation(random: Random, from: number, step: number): Population {
  let serial = from;
  return {
    invent(employers) {
      serial += step;
      const gender = random.chance(0.54) ? 'male' : 'female';
      // Days run through 1966-01-01 to 2002-12-31 in steps that keep each birth day's sequence far from 999.
      const day = new Date(Date.UTC(1966, 0, 1) + ((serial * 7_919) % 13_500) * 86_400_000)
        .toISOString()
        .slice(0, 10);
      const sequence = Math.floor(serial / 13_500) * 2 + (gender === 'male' ? 101 : 102);
      const first17 = `320599${day.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
      return {
        name: random.pick(surnames) + random.pick(firsts) + (random.chance(0.72) ? random.pick(firsts) : ''),
        documentNumber: first17 + idCheckCharacter(first17),
        gender,
        birthDay: day,
        education: random.pick(educations),
        household: random.pick(households),
        keyGroup: random.pick(groups),
        employer: random.chance(0.7) ? random.pick(employers) : '',
        personId: null,
        freeFrom: '',
        rank: 0,
        certified: 0,
      };
    },
  };
}

/** The people as rows of a roster. */
export function rosterRows(people: readonly Identity[]): RosterRow[] {
  return people.map((one, index) => ({
    number: index + 1,
    cells: {
      name: one.name,
      documentNumber: one.documentNumber,
      gender: one.gender === 'male' ? '男' : '女',
      education: one.education,
      householdRegistration: one.household,
      keyGroups: one.keyGroup,
      employer: one.employer,
    },
  }));
}
