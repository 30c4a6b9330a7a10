// Certificate numbers for a batch: serials run per evaluator prefix × issue year over all levels (domain 3.1); a training
// centre's completion certificates are numbered per centre × year.
import type { Deps } from '../../deps.ts';
import { composeCertificateNumber } from '../../domain/certifications/certificate-number.ts';
import { RuleBroken } from '../../domain/shared/errors.ts';
import type { IssueContext } from './compose-certificate.ts';

/** `count` fresh numbers in order; throws RuleBroken certificates.noPrefix or certificates.serialsUsedUp. */
export async function takeNumbers(
  deps: Pick<Deps, 'serials'>,
  context: IssueContext & { count: number },
): Promise<string[]> {
  const { judgement, issuedOn, count } = context;
  const { issuer, assessment } = judgement;
  const year = Number(issuedOn.slice(0, 4));
  if (assessment.purpose === 'completion') {
    const first = await deps.serials.take(`completion:${issuer.id}:${year}`, count);
    const centre = issuer.creditCode.slice(8, 17);
    return Array.from(
      { length: count },
      (_, index) => `PX${centre}${year}${String(first + index).padStart(6, '0')}`,
    );
  }
  if (issuer.numberPrefix === null) throw new RuleBroken('certificates.noPrefix');
  const first = await deps.serials.take(`certificate:${issuer.numberPrefix}:${year}`, count);
  if (first + count - 1 > 999_999) throw new RuleBroken('certificates.serialsUsedUp', { year });
  return Array.from({ length: count }, (_, index) =>
    composeCertificateNumber({
      prefix: issuer.numberPrefix!,
      year,
      level: assessment.skillLevel!,
      serial: first + index,
    }),
  );
}
