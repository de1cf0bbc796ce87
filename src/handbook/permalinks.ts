/** Every address of the site is made here, from a base path such as `/` or `/name/`. An address once published stays (design, the link contract). */
export class Permalinks {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** An address below the base; `path` begins without a slash. */
  to(path: string): string {
    return `${this.base}${path}`;
  }

  home(): string {
    return this.base;
  }
  part(slug: string): string {
    return this.to(`${slug}/`);
  }
  page(part: string, slug: string): string {
    return this.to(`${part}/${slug}/`);
  }
  /** The permanent short address of a page, part of the reference or not. */
  short(id: string): string {
    return this.to(`${id}/`);
  }
  /** The permanent address of a place on a page, such as /b2/known/, which leads to it. */
  place(id: string, anchor: string): string {
    return this.to(`${id}/${anchor}/`);
  }
  /**
   * The picture that feeds show: of a page (`b2`), a place on it (`b2`, `known` or `fig-scaling`), a part (`part-b`), an entry
   * (`claims`, `terms`, `misconceptions` or `labs`, and its id), or of everything else (`site`).
   */
  card(of: string, name = ''): string {
    return this.to(`cards/${of}${name === '' ? '' : `/${name}`}.png`);
  }
  reference(): string {
    return this.to('reference/');
  }
  glossary(slug = ''): string {
    return this.to(`reference/glossary/${slug === '' ? '' : `${slug}/`}`);
  }
  claims(id = ''): string {
    return this.to(`reference/claims/${id === '' ? '' : `${id}/`}`);
  }
  misconceptions(id = ''): string {
    return this.to(`reference/misconceptions/${id === '' ? '' : `${id}/`}`);
  }
  bibliography(key = ''): string {
    return this.to(`reference/bibliography/${key === '' ? '' : `#${key}`}`);
  }
  /** The exercises on a page, one of them, or the list of all. */
  exercises(page = '', id = ''): string {
    return this.to(`reference/exercises/${page === '' ? '' : `${page}/`}${id === '' ? '' : `#${id}`}`);
  }
  techniques(id = ''): string {
    return this.to(`reference/techniques/${id === '' ? '' : `#${id}`}`);
  }
  biases(id = ''): string {
    return this.to(`reference/biases/${id === '' ? '' : `#${id}`}`);
  }
  timeline(id = ''): string {
    return this.to(`reference/timeline/${id === '' ? '' : `#${id}`}`);
  }
  /** How to read a paper, by its key, or the list of all. */
  reading(key = ''): string {
    return this.to(`reference/reading/${key === '' ? '' : `${key}/`}`);
  }
  /** The plan of a session, or the list of all. */
  teaching(slug = ''): string {
    return this.to(`reference/teaching/${slug === '' ? '' : `${slug}/`}`);
  }
  handout(slug: string): string {
    return this.to(`reference/teaching/${slug}/handout/`);
  }
  /** A figure in the list of all figures, or the list. Ids of figures are unique within a part only, hence the page. */
  figures(page = '', figure = ''): string {
    return this.to(`reference/figures/${page === '' ? '' : `#${page}-${figure}`}`);
  }
  /** A lab, or the list of all. */
  labs(id = ''): string {
    return this.to(`labs/${id === '' ? '' : `${id}/`}`);
  }
  /** The auditing game, or one case of it. @param code as the game writes it: letters, digits and hyphens */
  game(code = ''): string {
    return this.to(`game/${code === '' ? '' : `?case=${code}`}`);
  }
  /** A lab alone, to be framed. */
  labEmbed(id: string): string {
    return this.to(`embed/${id}/`);
  }
  /** What oEmbed says about a lab. */
  labOembed(id: string): string {
    return this.to(`oembed/${id}.json`);
  }
  /** A figure alone, to be framed by other sites. */
  embed(page: string, figure: string): string {
    return this.to(`embed/${page}/${figure}/`);
  }
  /** What oEmbed says about a figure. */
  oembed(page: string, figure: string): string {
    return this.to(`oembed/${page}/${figure}.json`);
  }
  /** The script that fits frames to their figures on other sites. */
  embedScript(): string {
    return this.to('embed.js');
  }
  /** What a run of ours measured, or the list of all. */
  runs(run = ''): string {
    return this.to(`reference/runs/${run === '' ? '' : `${run}/`}`);
  }
  /** The results file of a run, as its script wrote it. */
  runFile(run: string): string {
    return this.to(`reference/runs/${run}.json`);
  }
  /** The card of a model that this site trained, or all of them. */
  models(id = ''): string {
    return this.to(`reference/models/${id === '' ? '' : `#${id}`}`);
  }
  /** A file with the weights of a model. */
  weights(artefact: string): string {
    return this.to(`labs/weights/${artefact}`);
  }
  citing(): string {
    return this.to('reference/citing/');
  }
  corrections(): string {
    return this.to('reference/corrections/');
  }
  /** What changed on a page and when, or on all of them. */
  history(page = ''): string {
    return this.to(`reference/history/${page === '' ? '' : `#${page}`}`);
  }
  /** Where readers see whether their browser computes what others do. */
  engine(): string {
    return this.to('reference/engine/');
  }
  /** What is new, as Atom or as JSON Feed. */
  feed(format: 'atom' | 'json'): string {
    return this.to(format === 'atom' ? 'atom.xml' : 'feed.json');
  }
  /** The whole book on one page, or a place in it. */
  wholeBook(id = ''): string {
    return this.to(`book/${id === '' ? '' : `#${id}`}`);
  }
  /** The book as a file for e-readers. */
  epub(): string {
    return this.to('hidden-objectives.epub');
  }
  editions(): string {
    return this.to('reference/editions/');
  }
  /** The first page of an edition. */
  edition(id: string): string {
    return this.to(`e/${id}/`);
  }
  /** A file that cites a page. @param page address of the page  @param format ending of the file */
  citation(page: string, format: string): string {
    return `${page}cite.${format}`;
  }
  search(): string {
    return this.to('search/');
  }
  offline(): string {
    return this.to('offline/');
  }
}
