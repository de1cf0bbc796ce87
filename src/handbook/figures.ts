import { splitTarget, UnknownName, type Handbook, type Page, type Records } from './handbook.ts';

/** A figure where it stands in the book. */
export interface FigureEntry {
  /** The page that shows it. */
  readonly page: Page;
  /** Its name, unique within a part only. */
  readonly id: string;
  /** Its number as printed, such as b2.1. */
  readonly number: string;
  /** Its place in the chapter. */
  readonly href: string;
  readonly data: Records['figures'][number]['data'];
  /** The SVG of a drawing; a chart has none. */
  readonly drawings: Records['figures'][number]['drawings'];
}

/** Every figure, in the order of the book. */
export function figuresOf(handbook: Handbook): FigureEntry[] {
  return handbook.pages.flatMap((page) =>
    page.outline.blocks
      .filter(({ kind }) => kind === 'figure')
      .map(({ id, anchor }) => {
        const { data, drawings } = handbook.figure(page, id);
        return { page, id, number: handbook.number(page, anchor), href: `${page.href}#${anchor}`, data, drawings };
      }),
  );
}

/** The figure of that name on the page of that id. @throws UnknownName */
export function figureOn(handbook: Handbook, page: string, id: string): FigureEntry {
  const entry = figuresOf(handbook).find((figure) => figure.page.id === page && figure.id === id);
  if (entry === undefined) throw new UnknownName('figure', `${page}/${id}`);
  return entry;
}

/** A text of a page's figure as it can stand on any page: references within the page name the page. */
export function withPage(text: string, page: string): string {
  return text.replace(/(<Ref to=")([^"]+)/g, (whole, start: string, target: string) =>
    splitTarget(target)[0] === '' ? `${start}${page}#${target.replace(/^#/, '')}` : whole,
  );
}
