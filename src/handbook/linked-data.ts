import type {
  Book,
  BreadcrumbList,
  Claim,
  ClaimReview,
  CreativeWork,
  DefinedTerm,
  DefinedTermSet,
  Graph,
  ItemList,
  LearningResource,
  Organization,
  SearchAction,
  WebSite,
  WithActionConstraints,
} from 'schema-dts';
import type { Source } from '../reader/bibliography.ts';
import { AUTHOR, LANGUAGE, LICENCE, SUBTITLE, TITLE } from '../site.ts';
import type { ClaimEntry, Handbook, LabEntry, MisconceptionEntry, Page, Part, TermEntry } from './handbook.ts';
import { plain } from './plain.ts';

/*
 * What the pages say about themselves in the vocabulary of schema.org, for search engines and reference managers. A thing is named by
 * its permanent address; where it is spoken of on another page, that name and its title are all that is said.
 */

/** One link of the way to a page. */
export interface Crumb {
  readonly name: string;
  /** Path below the origin. */
  readonly href: string;
}

/** Makes the descriptions of one site. */
export class LinkedData {
  private readonly handbook: Handbook;
  private readonly origin: string;

  /** @param origin scheme and host, without a slash at the end */
  constructor(handbook: Handbook, origin: string) {
    this.handbook = handbook;
    this.origin = origin;
  }

  /** A chapter, and the way to it. */
  chapter(page: Page): Graph {
    const needs = page.needs.map((id) => this.handbook.findPage(id)?.title ?? this.handbook.findPlanned(id)?.title ?? id);
    const chapter: LearningResource = {
      '@type': 'LearningResource',
      '@id': this.at(page.short),
      url: this.at(page.href),
      identifier: page.id,
      name: page.title,
      description: page.answer,
      learningResourceType: 'chapter',
      educationalLevel: 'university',
      ...(needs.length > 0 && { competencyRequired: needs }),
      teaches: [...page.outcomes],
      timeRequired: `PT${page.minutes}M`,
      dateModified: page.updated,
      ...this.published(),
      isPartOf: this.book(),
    };
    return graph(
      chapter,
      this.breadcrumbs([
        { name: TITLE, href: this.handbook.links.home() },
        { name: page.part.title, href: page.part.href },
        { name: page.title, href: page.href },
      ]),
    );
  }

  /** A part with its chapters. */
  part(part: Part): Graph {
    const work: CreativeWork = {
      '@type': 'CreativeWork',
      '@id': this.at(part.href),
      url: this.at(part.href),
      name: part.title,
      description: part.about,
      isPartOf: this.book(),
      hasPart: part.pages.map((page): LearningResource => this.named('LearningResource', page.short, page.title)),
    };
    return graph(
      work,
      this.breadcrumbs([
        { name: TITLE, href: this.handbook.links.home() },
        { name: part.title, href: part.href },
      ]),
    );
  }

  /** The book and its site, with the search. */
  home(description: string): Graph {
    const { links, pages } = this.handbook;
    const search: WithActionConstraints<SearchAction> = {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${this.at(links.search())}?q={term}` },
      'query-input': 'required name=term',
    };
    const site: WebSite = {
      '@type': 'WebSite',
      '@id': `${this.at(links.home())}#site`,
      url: this.at(links.home()),
      name: TITLE,
      inLanguage: LANGUAGE,
      potentialAction: search,
    };
    const book: Book = {
      ...this.book(),
      alternativeHeadline: SUBTITLE,
      description,
      ...this.published(),
      dateModified: pages.reduce((newest, { updated }) => (updated > newest ? updated : newest), ''),
      hasPart: pages.map((page): LearningResource => this.named('LearningResource', page.short, page.title)),
    };
    return graph(book, site);
  }

  /** A term of the glossary. */
  term(term: TermEntry): Graph {
    const { links } = this.handbook;
    const defined: DefinedTerm = {
      '@type': 'DefinedTerm',
      '@id': this.at(term.href),
      url: this.at(term.href),
      name: term.term,
      termCode: term.id,
      description: plain(this.handbook, term.definition),
      ...(term.aliases.length > 0 && { alternateName: [...term.aliases] }),
      inDefinedTermSet: this.glossaryName(),
      subjectOf: this.pageName(term.page),
    };
    return graph(defined, this.referenceCrumbs({ name: 'Glossary', href: links.glossary() }, { name: term.term, href: term.href }));
  }

  /** The glossary with the names of its terms. */
  glossary(): Graph {
    const { links, terms } = this.handbook;
    const set: DefinedTermSet = {
      ...this.glossaryName(),
      ...this.published(),
      isPartOf: this.book(),
      hasDefinedTerm: terms.map((term): DefinedTerm => this.named('DefinedTerm', term.href, term.term)),
    };
    return graph(set, this.referenceCrumbs({ name: 'Glossary', href: links.glossary() }));
  }

  /** A claim with the work that makes it and the pages that repeat it. */
  claim(claim: ClaimEntry): Graph {
    const { handbook } = this;
    const text = handbook.fill(claim.id, claim.statement);
    const work = this.work(claim.source);
    const stated: Claim = {
      '@type': 'Claim',
      '@id': this.at(claim.href),
      url: this.at(claim.href),
      identifier: claim.id,
      text,
      // the status of the evidence, which schema.org has no property for
      creativeWorkStatus: claim.status,
      citation: [work, ...(claim.also ?? []).map((key) => this.work(handbook.source(key)))],
      firstAppearance: { '@id': work['@id'] },
      ...(handbook.usedBy('claim', claim.id).length > 0 && {
        appearance: handbook.usedBy('claim', claim.id).map(({ id }) => this.pageName(id)),
      }),
    };
    return graph(stated, this.referenceCrumbs({ name: 'Claims', href: handbook.links.claims() }, { name: text, href: claim.href }));
  }

  /** A belief that the book reviews, and finds wrong. */
  misconception(entry: MisconceptionEntry): Graph {
    const { handbook } = this;
    const page = handbook.page(entry.page);
    const review: ClaimReview = {
      '@type': 'ClaimReview',
      '@id': this.at(entry.href),
      url: this.at(entry.href),
      claimReviewed: entry.think,
      reviewBody: `Instead say ${plain(handbook, entry.instead)}`,
      reviewRating: { '@type': 'Rating', ratingValue: 1, worstRating: 1, bestRating: 5, alternateName: 'Wrong' },
      dateModified: page.updated,
      ...this.published(),
      isPartOf: this.pageName(entry.page),
    };
    return graph(
      review,
      this.referenceCrumbs({ name: 'Misconceptions', href: handbook.links.misconceptions() }, { name: entry.think, href: entry.href }),
    );
  }

  /** The auditing game, as part of the page about the game that it copies. */
  game(name: string, description: string): Graph {
    const href = this.handbook.links.game();
    return graph(
      this.simulation({ href, name, description, page: 'e1' }),
      this.breadcrumbs([
        { name: TITLE, href: this.handbook.links.home() },
        { name, href },
      ]),
    );
  }

  private simulation({
    href,
    name,
    description,
    page,
  }: Readonly<Record<'href' | 'name' | 'description' | 'page', string>>): LearningResource {
    return {
      '@type': 'LearningResource',
      '@id': this.at(href),
      url: this.at(href),
      name,
      description,
      learningResourceType: 'interactive simulation',
      interactivityType: 'active',
      educationalLevel: 'university',
      ...this.published(),
      isPartOf: this.pageName(page),
    };
  }

  /** A lab, as part of the page that it belongs to. */
  lab(lab: LabEntry): Graph {
    const { links } = this.handbook;
    return graph(
      this.simulation({ href: lab.href, name: lab.title, description: plain(this.handbook, lab.lead), page: lab.page.id }),
      this.breadcrumbs([
        { name: TITLE, href: links.home() },
        { name: 'Labs', href: links.labs() },
        { name: lab.title, href: lab.href },
      ]),
    );
  }

  /** The works that the book cites, in the order of the page. */
  bibliography(): Graph {
    const { links, sources } = this.handbook;
    const list: ItemList = {
      '@type': 'ItemList',
      '@id': this.at(links.bibliography()),
      name: 'Bibliography',
      numberOfItems: sources.length,
      itemListElement: sources.map((source, index) => ({ '@type': 'ListItem', position: index + 1, item: this.work(source) })),
    };
    return graph(list, this.referenceCrumbs({ name: 'Bibliography', href: links.bibliography() }));
  }

  /** The way to a page, from the first link to the page itself. */
  breadcrumbs(crumbs: readonly Crumb[]): BreadcrumbList & { readonly '@type': 'BreadcrumbList' } {
    return {
      '@type': 'BreadcrumbList',
      itemListElement: crumbs.map(({ name, href }, index) => ({ '@type': 'ListItem', position: index + 1, name, item: this.at(href) })),
    };
  }

  private referenceCrumbs(...crumbs: readonly Crumb[]): ReturnType<LinkedData['breadcrumbs']> {
    const { links } = this.handbook;
    return this.breadcrumbs([{ name: TITLE, href: links.home() }, { name: 'Reference', href: links.reference() }, ...crumbs]);
  }

  private published(): {
    readonly author: Organization;
    readonly inLanguage: string;
    readonly license: string;
    readonly isAccessibleForFree: true;
  } {
    return { author: { '@type': 'Organization', name: AUTHOR }, inLanguage: LANGUAGE, license: LICENCE, isAccessibleForFree: true };
  }

  private book(): Exclude<Book, string> {
    return this.named('Book', this.handbook.links.home(), TITLE);
  }

  private glossaryName(): Exclude<DefinedTermSet, string> {
    return this.named('DefinedTermSet', this.handbook.links.glossary(), 'Glossary');
  }

  private pageName(id: string): LearningResource {
    const page = this.handbook.page(id);
    return this.named('LearningResource', page.short, page.title);
  }

  /** A work of others, by its entry in our bibliography. */
  private work({ key, title, url, text, year }: Source): Exclude<CreativeWork, string> & { readonly '@id': string } {
    return {
      ...this.named('CreativeWork', this.handbook.links.bibliography(key), title),
      creditText: text,
      datePublished: String(year),
      ...(url !== undefined && { url }),
    };
  }

  private named<T extends string>(type: T, href: string, name: string): { '@type': T; '@id': string; name: string } {
    return { '@type': type, '@id': this.at(href), name };
  }

  private at(href: string): string {
    return `${this.origin}${href}`;
  }
}

function graph(...things: Exclude<Graph['@graph'][number], string>[]): Graph {
  return { '@context': 'https://schema.org', '@graph': things };
}
