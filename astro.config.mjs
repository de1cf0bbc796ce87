// @ts-check
import mdx from '@astrojs/mdx';
import { unified } from '@astrojs/markdown-remark';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { handbook } from './src/build/integration.ts';
import { rehypeHandbook } from './src/markdown/rehype-handbook.ts';
import { mdxCache } from './src/build/mdx-cache.ts';
import { plainDynamicImports } from './src/build/plain-dynamic-imports.ts';
import { remarkHandbook } from './src/markdown/remark-handbook.ts';
import { readSiteSettings } from './src/site.ts';

const settings = readSiteSettings(process.env);

export default defineConfig({
  site: settings.origin,
  base: settings.base,
  trailingSlash: 'always',
  output: 'static',
  // 'jsx' eats the white space between inline elements on separate lines
  compressHTML: true,
  build: {
    format: 'directory',
    // the policy forbids inline styles and scripts
    inlineStylesheets: 'never',
  },
  prefetch: { prefetchAll: true, defaultStrategy: 'hover' },
  markdown: {
    // Astro's default engine ignores remark plugins
    processor: unified({
      remarkPlugins: [remarkMath, remarkHandbook],
      rehypePlugins: [rehypeHandbook, [rehypeKatex, { strict: 'error', throwOnError: true }]],
    }),
    shikiConfig: { themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' }, defaultColor: 'light-dark()' },
  },
  integrations: [mdx({ optimize: true }), handbook()],
  vite: {
    // a script inlined into the page would be refused by the policy
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {
        onLog(level, log, report) {
          // Astro marks its MDX modules with a directive that the bundler does not know and rightly leaves
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
    plugins: [plainDynamicImports(), mdxCache()],
    // the workers of labs; named like every other asset, so that hosts keep them for ever
    worker: {
      format: 'es',
      rolldownOptions: { output: { entryFileNames: '_astro/[name].[hash].js', chunkFileNames: '_astro/[name].[hash].js' } },
    },
  },
  devToolbar: { enabled: false },
});
