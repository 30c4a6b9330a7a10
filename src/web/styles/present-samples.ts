// Invented content for the component page: every partial once, in the reader's language.
import { heatStep } from '../charts/heat-step.ts';
import { renderBars } from '../charts/render-bars-svg.ts';
import { renderColumns } from '../charts/render-columns-svg.ts';
import { statusCodes, statusOf } from '../status-table.ts';
import type { Lang, Wording, WordingParams } from '../wording.ts';

type Say = (key: string, params?: WordingParams) => string;

const thisYear = [3102, 2004, 4310, 4820, 6120, 5980, 4410, 3905, 4260, 4380, 4699, 4000];
const lastYear = [2410, 1203, 3120, 4105, 5230, 5610, 4702, 4120, 4390, 4201, 4350, 3910];
const areas = ['yuanhe', 'taiping', 'huangqiao', 'weitang', 'wangting', 'none'] as const;
const byArea = [14210, 9120, 8340, 7980, 7102, 312];

/** The model of views/styles/components.hbs. */
export function presentSamples(lang: Lang, wording: Wording): object {
  const say: Say = (key, params) =>
    wording.t(lang, key.includes('.') && wording.has(key) ? key : `styles.${key}`, params);
  return {
    codes: statusCodes.filter((code) => statusOf(code).wordKey.endsWith(`.${code}`)),
    tabs: [
      { href: '?', text: say('tab.all'), count: 14, current: true },
      { href: '?state=in_progress', text: say('tab.running'), count: 5, current: false },
      { href: '?state=returned', text: say('tab.returned'), count: 2, current: false },
      { href: '?state=closed', text: say('tab.closed'), count: 7, current: false },
    ],
    applied: [{ text: say('applied.area'), removeHref: '?' }],
    areas: areas.map((area) => ({ value: area, text: say(`area.${area}`) })),
    tasks: [
      { href: '#', text: say('todo.returned'), tag: 'returned', note: null },
      { href: '#', text: say('todo.attendance'), tag: null, note: say('todo.attendanceNote') },
      { href: '#', text: say('todo.eligible'), tag: 'eligible', note: null },
      { href: '#', text: say('todo.problems'), tag: 'error', note: null },
    ],
    events: [
      { when: '2021-12-08 16:02', what: say('event.imported'), who: '李*', note: null, href: '#' },
      {
        when: '2021-10-28 10:31',
        what: say('event.filed'),
        who: '赵*',
        note: say('event.filedNote'),
        href: null,
      },
      { when: '2021-10-20 09:12', what: say('event.created'), who: '李*', note: null, href: null },
    ],
    sessions: sessionTable(say),
    cross: crossTable(say),
    columnsChart: columnsChart(say),
    barsChart: barsChart(say),
    facts: certificateFacts(say),
    kinds: ['skill', 'start', 'safety'].map((kind) => ({
      value: kind,
      text: say(`kind.${kind}`),
      hint: kind === 'skill' ? say('kind.skillHint') : null,
    })),
    groups: ['rural', 'graduate', 'hardship'].map((group) => ({
      value: group,
      text: say(`group.${group}`),
      checked: group === 'rural',
      hint: null,
    })),
    people: attendance(say),
    since: new Date('2021-12-17T08:02:00Z'),
  };
}

function sessionTable(say: Say): object {
  const row = (n: number, starts: string, enrolled: number, state: string, note: string) => ({
    cells: [
      `CNC-0${n}`,
      { text: say(`s${n}.name`), href: '#', note },
      say(`o${n}`),
      starts,
      { number: enrolled },
      { tag: state },
    ],
  });
  return {
    caption: say('table.sessions'),
    columns: [
      { label: say('col.number') },
      { label: say('col.name') },
      { label: say('col.occupation') },
      { label: say('col.starts'), sort: { href: '?sort=-starts', direction: 'ascending' } },
      { label: say('col.enrolled'), unit: say('unit.persons'), numeric: true },
      { label: say('col.state') },
    ],
    rows: [
      row(1, '2021-11-08', 38, 'in_progress', ''),
      row(2, '2021-10-11', 40, 'completed', ''),
      { ...row(3, '2021-12-13', 32, 'returned', say('s3.note')), tone: 'warn' },
      row(4, '2021-12-20', 1205, 'draft', ''),
    ],
  };
}

function crossTable(say: Say): object {
  const cells = [
    [120, 84, 62, 71, 40, null],
    [310, 205, 180, 96, 88, 2],
    [402, 281, 166, 150, 121, 4],
    [88, 42, 35, 20, 11, 0],
    [21, 9, 8, 4, 2, 0],
  ];
  return {
    caption: say('cross'),
    columns: [
      { label: say('fact.level') },
      ...areas.map((area) => ({ label: say(`area.${area}`), numeric: true })),
    ],
    rows: cells.map((values, index) => ({
      cells: [
        say(`level.${5 - index}`),
        ...values.map((value) => ({ number: value, heat: heatStep(value, 402), href: value ? '#' : '' })),
      ],
    })),
    foot: [say('shared.table.total'), 941, 621, 451, 341, 262, 6],
  };
}

function columnsChart(say: Say): object {
  const data = thisYear.map((value, index) => ({
    month: index + 1,
    value,
    lastYear: lastYear[index] ?? null,
    provisional: index === 11,
  }));
  const desc = say('shared.chart.columns.desc', { series: say('chart.series'), peak: 6120, month: 5 });
  return {
    heading: say('chart.heading'),
    measure: say('chart.measure', { year: '2021' }),
    svg: renderColumns(data, { id: 'months', title: say('chart.heading'), desc }),
    legend: [
      { kind: 'thisYear', text: say('col.year', { year: '2021' }) },
      { kind: 'lastYear', text: say('col.year', { year: '2020' }) },
      { kind: 'provisional', text: say('shared.chart.provisional') },
    ],
    table: {
      caption: say('chart.measure', { year: '2021' }),
      columns: [
        { label: say('col.period') },
        ...data.map(({ month }) => ({ label: say('shared.chart.month', { month }), numeric: true })),
      ],
      rows: [{ cells: ['2021', ...thisYear] }, { cells: ['2020', ...lastYear] }],
      foot: null,
    },
  };
}

function barsChart(say: Say): object {
  const data = areas.map((area, index) => ({
    label: say(`area.${area}`),
    value: byArea[index] ?? 0,
    last: area === 'none',
  }));
  const desc = say('shared.chart.bars.desc', {
    series: say('chart.series'),
    count: 6,
    peak: 14210,
    label: say('area.yuanhe'),
  });
  return {
    heading: say('bars.heading'),
    measure: say('bars.measure', { year: '2021' }),
    svg: renderBars(data, { id: 'areas', title: say('bars.heading'), desc }, say('shared.chart.others')),
    table: {
      caption: say('bars.measure', { year: '2021' }),
      columns: [{ label: say('filter.area') }, { label: say('chart.series'), numeric: true }],
      rows: data.map((row) => ({ cells: [row.label, row.value] })),
      foot: null,
    },
  };
}

function certificateFacts(say: Say): object[] {
  const row = (key: string, more: object) => ({ label: say(`fact.${key}`), value: '', ...more });
  return [
    row('name', { value: say('fact.nameValue') }),
    row('document', { value: say('fact.documentValue') }),
    row('number', { certificate: 'S000032999999214000112' }),
    row('occupation', { value: say('fact.occupationValue') }),
    row('level', { value: say('fact.levelValue') }),
    row('evaluator', { value: say('fact.evaluatorValue') }),
  ];
}

function attendance(say: Say): object[] {
  const person = (n: number, mark: string, now: number, best: number, note = '') => ({
    id: `p${n}`,
    number: n,
    name: say(`person.${n}`),
    mark,
    note,
    rate: say('rate', { now, best }),
    tone: now < 80 ? 'bad' : null,
  });
  return [
    person(1, 'present', 96, 97),
    person(2, 'late', 88, 92, say('late15')),
    person(3, 'absent', 76, 84),
    person(4, '', 92, 94),
    { id: 'p5', number: 5, name: say('person.5'), notJoined: true, note: say('joins') },
  ];
}
