// @ts-check
import astro from 'eslint-plugin-astro';
import jsxA11y from 'eslint-plugin-jsx-a11y-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores([
    'dist/',
    '.astro/',
    '.cache/',
    'node_modules/',
    'tests/fixtures/',
    'test-results/',
    'playwright-report/',
    'src/labs/nn/assembly/kernels.ts',
  ]),
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // numbers and booleans print as one expects
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // ambient declarations cannot import
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.tsx'],
    plugins: { 'jsx-a11y-x': jsxA11y },
    // as in .astro files, below
    rules: { ...jsxA11y.configs.strict.rules, 'jsx-a11y-x/no-noninteractive-tabindex': 'off' },
  },
  {
    files: [
      'src/labs/**/*.ts',
      'src/labs/**/*.tsx',
      'tests/unit/{labs,nn}/**/*.ts',
      'tests/support/nn/**/*.ts',
      'tests/bench/engine/**/*.ts',
    ],
    // arithmetic on indices that the loop around it keeps within bounds
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  astro.configs.recommended,
  {
    files: ['**/*.astro'],
    plugins: { 'jsx-a11y-x': jsxA11y },
    rules: {
      ...jsxA11y.configs.strict.rules,
      // what scrolls in itself must be reachable by keyboard (axe: scrollable-region-focusable)
      'jsx-a11y-x/no-noninteractive-tabindex': 'off',
      // what it sets is made by this site's own build
      'astro/no-set-html-directive': 'off',
      'astro/no-unused-css-selector': 'off',
    },
  },
);
