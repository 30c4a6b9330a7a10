// Scores pasted from a sheet or sent as a file: name, theory, practice; a heading line is skipped.
import { InvalidInput } from '../../domain/shared/errors.ts';
import { readForeignSheet } from '../../sheets/read-foreign-sheet.ts';

export interface NamedScore {
  readonly line: number;
  readonly name: string;
  readonly theory: number | null;
  readonly practice: number | null;
}

/** One score a line, columns parted by tab, comma or two spaces; throws InvalidInput naming the line that cannot be read. */
export function readScoreText(text: string): NamedScore[] {
  return readCells(
    text.split(/\r?\n/).map((line) =>
      line
        .normalize('NFKC')
        .split(/\t|,|;| {2,}/)
        .map((cell) => cell.trim()),
    ),
  );
}

/** The scores of an XLSX or CSV file with the columns 姓名, 理论, 实操 (or name, theory, practice). */
export async function readScoreFile(bytes: Uint8Array, fileName: string): Promise<NamedScore[]> {
  const sheet = await readForeignSheet(bytes, fileName, {
    headings: {
      name: ['姓名', 'name'],
      theory: ['理论', '理论成绩', 'theory'],
      practice: ['实操', '实操成绩', '技能', 'practice'],
    },
  });
  return readCells(
    sheet.rows.map((row) => [
      row.cells.name?.text ?? '',
      row.cells.theory?.text ?? '',
      row.cells.practice?.text ?? '',
    ]),
  );
}

function readCells(lines: readonly (readonly string[])[]): NamedScore[] {
  const scores: NamedScore[] = [];
  lines.forEach((cells, index) => {
    const [name = '', theory = '', practice = ''] = cells;
    if (name === '' || (index === 0 && /^(姓名|name)$/i.test(name))) return;
    scores.push({
      line: index + 1,
      name,
      theory: scoreOf(theory, index + 1),
      practice: scoreOf(practice, index + 1),
    });
  });
  return scores;
}

/** A score as typed, null where the subject was not sat, NaN for anything else. */
export function readScore(typed: string): number | null {
  const plain = typed.normalize('NFKC').trim();
  return ['', '—', '缺考'].includes(plain) ? null : Number(plain);
}

function scoreOf(cell: string, line: number): number | null {
  const score = readScore(cell);
  if (Number.isNaN(score))
    throw new InvalidInput([
      { field: 'pasted', code: 'assessments.lineUnreadable', details: { line, typed: cell } },
    ]);
  return score;
}
