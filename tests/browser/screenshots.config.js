// `npm run screenshots`: draws every page at both widths into target/screenshots.
import { defineConfig } from '@playwright/test';
import { shared } from './playwright.config.js';

export default defineConfig({
  ...shared,
  testMatch: 'pages/screenshots.js',
  use: { ...shared.use, screenshot: 'off' },
});
