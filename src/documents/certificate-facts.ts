// Which facts a certificate shows, in the order of the paper, with the words of both languages.
import type { CertificateTemplate, WordKey } from './certificate-template.ts';
import { fillWords, printDay, printPeriod, type Words } from './text/words.ts';
import type { CertificatePrint } from './types.ts';

export interface Fact {
  readonly label: Words;
  readonly value: string;
  /** The value in English, where it is a word of the template and not a name. */
  readonly gloss: string | null;
  /** Numbers shrink before they wrap. */
  readonly oneLine?: boolean;
}

/** Rows of one or two facts. */
export function certificateFacts(
  print: CertificatePrint,
  template: CertificateTemplate,
): (readonly Fact[])[] {
  const fact = (key: WordKey, value: string, gloss: string | null = null): Fact => ({
    label: template.words[key],
    value,
    gloss,
  });
  const coded = (key: WordKey, words: Readonly<Record<string, Words>>, code: string) =>
    fact(key, words[code]?.zh ?? code, words[code]?.en ?? null);
  const completion = print.kind === 'training_completion';
  const rows: Fact[][] = [
    [fact('name', print.holderName)],
    [
      coded('documentType', template.documentTypes, print.documentType),
      { ...fact('documentNumber', print.documentNumber), oneLine: true },
    ],
    [
      fact(completion ? 'course' : 'occupation', print.occupationName),
      ...(print.trade === null ? [] : [fact('trade', print.trade)]),
    ],
  ];
  if (completion) rows.push(trainingFacts(print, template, fact));
  rows.push([
    ...(print.skillLevel === null ? [] : [coded('skillLevel', template.skillLevels, print.skillLevel)]),
    { ...fact('number', print.number), oneLine: true },
  ]);
  if (print.reissuedOn !== null) {
    const { zh, en } = template.words.reissued;
    rows.push([
      fact(
        'remark',
        fillWords(zh, { day: printDay(print.reissuedOn, 'zh') }),
        fillWords(en, { day: printDay(print.reissuedOn, 'en') }),
      ),
    ]);
  }
  return rows.filter((row) => row.length > 0);
}

function trainingFacts(
  print: CertificatePrint,
  template: CertificateTemplate,
  fact: (key: WordKey, value: string, gloss: string) => Fact,
): Fact[] {
  const facts: Fact[] = [];
  if (print.trainedFrom !== null && print.trainedTo !== null) {
    facts.push(
      fact(
        'trainedFrom',
        printPeriod(print.trainedFrom, print.trainedTo, 'zh'),
        printPeriod(print.trainedFrom, print.trainedTo, 'en'),
      ),
    );
  }
  if (print.hours !== null) {
    const { zh, en } = template.words.hoursValue;
    facts.push(fact('hours', fillWords(zh, { hours: print.hours }), fillWords(en, { hours: print.hours })));
  }
  return facts;
}

/** The groups a certificate number is read in: 1-4-2-6-2-1-6 for the 22 places of skill-level certificates. */
export function numberGroups(number: string): string[] {
  const groups = /^([A-Z])(\d{4})(\d{2})(\d{6})(\d{2})([0-9A-Z])(\d{6})$/.exec(number);
  return groups === null ? [number] : groups.slice(1);
}
