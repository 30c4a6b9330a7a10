// What documents are drawn from: plain, finished data. Days are yyyy-mm-dd; numbers with units arrive as text.

export type DocumentLanguage = 'zh' | 'en';

/** Everything one certificate shows. Codes are words of the template (templates/documents/certificate-*.json). */
export interface CertificatePrint {
  readonly kind: 'skill_level' | 'training_completion';
  readonly holderName: string;
  /** A code the template has words for, else printed as it is. */
  readonly documentType: string;
  readonly documentNumber: string;
  readonly occupationName: string;
  readonly trade: string | null;
  /** A code the template has words for, else printed as it is. */
  readonly skillLevel: string | null;
  readonly number: string;
  readonly issuerName: string;
  readonly issuedOn: string;
  /** Class hours and days of the training: printed on certificates of completion. */
  readonly hours: number | null;
  readonly trainedFrom: string | null;
  readonly trainedTo: string | null;
  readonly flowNumber: string;
  /** The day of a replacement; null on the first print. */
  readonly reissuedOn: string | null;
  /** The whole address the QR code holds. */
  readonly checkAddress: string;
  /** Demo: watermark and seal say 样张 SAMPLE. */
  readonly sample: boolean;
  /** The template the print was issued with; the current one when absent. */
  readonly templateVersion?: string;
}

export interface ClaimSlip {
  readonly holderName: string;
  readonly certificateKind: string;
  readonly certificateNumber: string;
  /** In groups, as it is typed. */
  readonly claimCode: string;
  readonly endsOn: string;
}

export interface ClaimSlips {
  readonly lang: DocumentLanguage;
  readonly issuerName: string;
  /** Where certificates are found with the code, such as https://skillroll.example/certificate-finds/new. */
  readonly findAddress: string;
  readonly slips: readonly ClaimSlip[];
  readonly createdAt: Date;
  readonly sample: boolean;
}

export interface LabelledFact {
  readonly label: string;
  readonly value: string;
}

export interface SignInSheet {
  readonly lang: DocumentLanguage;
  readonly centreName: string;
  readonly sessionName: string;
  readonly facts: readonly LabelledFact[];
  /** One lesson gives boxes for arriving and leaving, more give a grid; every 20 start a new sheet. */
  readonly lessons: readonly { readonly day: string; readonly time: string; readonly topic: string | null }[];
  readonly trainees: readonly {
    readonly name: string;
    /** Masked. */
    readonly documentNumber: string;
    readonly employer: string | null;
  }[];
  readonly createdAt: Date;
}

export interface SummaryTile {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  /** The same in the other unit, or what stands beside the figure. */
  readonly companions: readonly string[];
  readonly change: string | null;
  /** Figure code and version of the definition, such as F13 · 1. */
  readonly definition: string;
}

export interface MonthColumn {
  readonly label: string;
  /** Null where nothing was reported. */
  readonly value: number | null;
  readonly valueText: string;
  readonly previous: number | null;
}

export interface SummaryChart {
  /** What the chart says, as a sentence. */
  readonly title: string;
  /** Measure, unit, area, period. */
  readonly measure: string;
  readonly current: string;
  readonly previous: string;
  readonly months: readonly MonthColumn[];
}

export interface SummaryTable {
  readonly title: string;
  /** Measure, unit, area, period. */
  readonly measure: string;
  readonly columns: readonly { readonly label: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly total?: boolean }[];
  readonly notes: readonly string[];
}

export interface HeadcountSummary {
  readonly lang: DocumentLanguage;
  readonly title: string;
  readonly organisation: string;
  /** Area, filters, provisional or frozen. */
  readonly scope: readonly string[];
  /** The moment the figures stand for, in words. */
  readonly asOf: string;
  readonly createdAt: Date;
  readonly tiles: readonly SummaryTile[];
  readonly chart: SummaryChart | null;
  readonly tables: readonly SummaryTable[];
  readonly definitions: readonly {
    readonly code: string;
    readonly label: string;
    readonly unit: string;
    readonly text: string;
    readonly version: string;
  }[];
  readonly notes: readonly string[];
}
