// The certificate's template: geometry in millimetres, sizes in points, colours and both languages' words.
import { readTemplate } from './read-template.ts';
import type { CertificatePrint } from './types.ts';
import type { Words } from './text/words.ts';

export interface CertificateTemplate {
  readonly geometry: Readonly<Record<GeometryKey, number>>;
  readonly type: Readonly<Record<TypeKey, number>>;
  readonly colours: Readonly<Record<ColourKey, string>>;
  readonly titles: Readonly<Record<CertificatePrint['kind'], Words>>;
  readonly words: Readonly<Record<WordKey, Words>>;
  /** The address printed under the QR code, with {host}. */
  readonly checkAt: string;
  readonly documentTypes: Readonly<Record<string, Words>>;
  readonly skillLevels: Readonly<Record<string, Words>>;
}

type GeometryKey =
  | 'bandOuter'
  | 'bandWidth'
  | 'hairline'
  | 'left'
  | 'right'
  | 'titleBaseline'
  | 'subtitleBaseline'
  | 'ruleY'
  | 'ruleWidth'
  | 'factsTop'
  | 'factsBottom'
  | 'columnGap'
  | 'labelWidth'
  | 'qrTop'
  | 'qrSize'
  | 'footLeft'
  | 'footLineHeight'
  | 'issuerAxis'
  | 'issuerWidth'
  | 'issuerBaseline'
  | 'dateBaseline'
  | 'sealSize';

type TypeKey =
  | 'title'
  | 'titleTracking'
  | 'subtitle'
  | 'fact'
  | 'name'
  | 'gloss'
  | 'label'
  | 'floor'
  | 'issuer'
  | 'date'
  | 'foot'
  | 'pitch';

type ColourKey = 'ink' | 'soft' | 'blue' | 'band' | 'ornament' | 'title' | 'seal' | 'watermark';

export type WordKey =
  | 'name'
  | 'documentType'
  | 'documentNumber'
  | 'occupation'
  | 'course'
  | 'trade'
  | 'skillLevel'
  | 'number'
  | 'trainedFrom'
  | 'hours'
  | 'hoursValue'
  | 'remark'
  | 'reissued'
  | 'evaluator'
  | 'trainingCentre'
  | 'footNumber'
  | 'footCheck'
  | 'footFlow'
  | 'sample'
  | 'sealPurpose';

/** The template new prints are drawn with. */
export const currentCertificateTemplate = 'certificate-1';

const pointsPerMillimetre = 72 / 25.4;
const scaled = new Map<string, CertificateTemplate>();

/** The template of a version with its geometry in points; throws for a version there never was. */
export function certificateTemplate(version: string): CertificateTemplate {
  let template = scaled.get(version);
  if (template === undefined) {
    const read = readTemplate<CertificateTemplate>(version);
    const geometry = Object.fromEntries(
      Object.entries(read.geometry).map(([key, millimetres]) => [key, millimetres * pointsPerMillimetre]),
    ) as Record<GeometryKey, number>;
    template = { ...read, geometry };
    scaled.set(version, template);
  }
  return template;
}
