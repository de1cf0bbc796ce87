import { expect, test } from 'vitest';
import { livingPath, readSiteSettings } from '../../src/site.ts';

const DEFAULTS = { origin: 'http://localhost:4321', base: '/', repository: undefined, mail: undefined, edition: undefined };

test.each([
  { env: {}, settings: {} },
  { env: { SITE_ORIGIN: ' https://example.org/ ' }, settings: { origin: 'https://example.org' } },
  { env: { SITE_BASE: 'name' }, settings: { base: '/name/' } },
  { env: { SITE_BASE: '//a/b.c/' }, settings: { base: '/a/b.c/' } },
  { env: { SITE_BASE: ' / ' }, settings: {} },
  { env: { SITE_REPOSITORY: 'https://example.org/code/ ' }, settings: { repository: 'https://example.org/code' } },
  { env: { SITE_MAIL: ' editors+book@mail.example.org ' }, settings: { mail: 'editors+book@mail.example.org' } },
])('$env is read as $settings', ({ env, settings }) => {
  expect(readSiteSettings(env)).toEqual({ ...DEFAULTS, root: settings.base ?? DEFAULTS.base, ...settings });
});

test('an edition stands below the base, and its pages know their living ones', () => {
  const settings = readSiteSettings({ SITE_BASE: 'name', SITE_EDITION: '2026q4' });
  expect(settings).toMatchObject({ base: '/name/e/2026q4/', root: '/name/', edition: '2026q4' });
  expect(livingPath('/name/e/2026q4/b2/', settings)).toBe('/name/b2/');
  expect(livingPath('/name/b2/', readSiteSettings({ SITE_BASE: 'name' }))).toBe('/name/b2/');
});

test.each([
  {
    env: { SITE_ORIGIN: 'example' },
    message: 'SITE_ORIGIN is "example", which is no address.\nGive scheme and host, such as https://example.org.',
  },
  {
    env: { SITE_ORIGIN: 'https://example.org/name' },
    message:
      'SITE_ORIGIN is "https://example.org/name", which holds more than scheme and host.\nPut the path in SITE_BASE, such as /name/.',
  },
  {
    env: { SITE_ORIGIN: 'https://example.org/?a=b' },
    message:
      'SITE_ORIGIN is "https://example.org/?a=b", which holds more than scheme and host.\nPut the path in SITE_BASE, such as /name/.',
  },
  { env: { SITE_BASE: '/two words/' }, message: 'SITE_BASE is "/two words/", which is no path.\nGive a path such as /name/.' },
  {
    env: { SITE_REPOSITORY: 'git@example.org:code' },
    message:
      'SITE_REPOSITORY is "git@example.org:code", which is no web address.\nGive the address of its page, such as https://github.com/example/name.',
  },
  {
    env: { SITE_MAIL: 'editors' },
    message: 'SITE_MAIL is "editors", which is no mail address.\nGive one address, such as editors@example.org.',
  },
  {
    env: { SITE_MAIL: 'a@example.org,b@example.org' },
    message: 'SITE_MAIL is "a@example.org,b@example.org", which is no mail address.\nGive one address, such as editors@example.org.',
  },
  {
    env: { SITE_EDITION: '2026-4' },
    message: 'SITE_EDITION is "2026-4", which names no edition.\nGive a year and its quarter, such as 2026q4.',
  },
  { env: { SITE_BASE: 'a//b' }, message: 'SITE_BASE is "a//b", which is no path.\nGive a path such as /name/.' },
])('$env is refused', ({ env, message }) => {
  expect(() => readSiteSettings(env)).toThrow(new Error(message));
});
