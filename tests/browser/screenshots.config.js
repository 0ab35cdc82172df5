// `npm run screenshots`: draws every page and state, in both languages, at both widths, light and
// dark, into target/screenshots. `npm run screenshots -- -g "citizen (en)"` draws some of them.
import { defineConfig } from '@playwright/test';
import { shared } from './playwright.config.js';

export default defineConfig({
  ...shared,
  testMatch: 'pages/screenshots.js',
  use: { ...shared.use, screenshot: 'off' },
});
