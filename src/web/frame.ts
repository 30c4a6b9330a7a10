// The frame is what surrounds every page: who looks, in which language, where from, and what just happened.
import type { Lang } from './formatting/lang.ts';

export type Theme = 'system' | 'light' | 'dark';
/** 100, 125 and 187.5 per cent: 16, 20 and 30 px. */
export type TextSize = 'normal' | 'large' | 'largest';
export type FlashTone = 'ok' | 'info' | 'warn' | 'bad';

export interface Link {
  readonly href: string;
  readonly text: string;
}

export interface NavigationItem {
  readonly href: string;
  readonly labelKey: string;
  readonly current: boolean;
}

export interface FieldError {
  /** The field's name attribute; '' for an error of the whole form. */
  readonly field: string;
  readonly message: string;
}

/** One message until the next page; `undo` is a POST whose button carries `text`. */
export interface Flash {
  readonly tone: FlashTone;
  readonly text: string;
  readonly link: Link | null;
  readonly undo: { readonly action: string; readonly text: string } | null;
}

export interface Viewer {
  readonly name: string;
  readonly organisation: string;
  readonly roleLabel: string;
}

export interface Frame {
  readonly lang: Lang;
  /** Page, then record: the layout adds 错误： when there are errors, and the service's name. */
  readonly title: string;
  readonly viewer: Viewer | null;
  /** At most seven. */
  readonly navigation: readonly NavigationItem[];
  /** From the top down, without the page itself. */
  readonly breadcrumb: readonly Link[];
  readonly flash: Flash | null;
  /** Shown as the error summary, and by each field of the form whose name matches. */
  readonly errors: readonly FieldError[];
  readonly csrfToken: string;
  /** New for every form shown; kept when a form comes back with errors. */
  readonly submissionKey: string;
  /** The key of the form that came back, '' where its page needs none; null on a page nobody sent a form to. */
  readonly form: string | null;
  /** Path and query of this page: the display settings come back here. */
  readonly path: string;
  readonly theme: Theme;
  readonly textSize: TextSize;
  readonly now: Date;
  /** When the session ends if nothing is done. */
  readonly signedInUntil: Date | null;
  /** 样张 banner: set while the demo year is served. */
  readonly demo: boolean;
  readonly version: string;
}

/** A complete frame without viewer, session or database: the base of every other, and of the 500 and 503 pages. */
export function plainFrame(lang: Lang, title: string, now: Date): Frame {
  return {
    lang,
    title,
    viewer: null,
    navigation: [],
    breadcrumb: [],
    flash: null,
    errors: [],
    csrfToken: '',
    submissionKey: '',
    form: null,
    path: '/',
    theme: 'system',
    textSize: 'normal',
    now,
    signedInUntil: null,
    demo: false,
    version: '',
  };
}
