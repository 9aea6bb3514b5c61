/** Builds the site and looks at it with Chromium: `npm run test:site`. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { root } from '../../tables/root.js';
import { serve } from './site.js';

const folder = join(root, 'build/site');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
execFileSync(process.execPath, [join(root, 'scripts/site.mjs')], { stdio: 'inherit' });
const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
  name.endsWith('.html'),
);

describe('the pages', () => {
  /** What each page has that links can lead to. */
  const anchors = new Map<string, Set<string>>();
  const anchorsOf = (file: string): Set<string> => {
    const known = anchors.get(file);
    if (known !== undefined) return known;
    const found = new Set([...readFileSync(file, 'utf8').matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id!));
    anchors.set(file, found);
    return found;
  };

  /** Why a link leads nowhere; `undefined` if it does not. */
  function problemOf(page: string, link: string): string | undefined {
    if (/^[a-z]+:/.test(link)) return undefined; // another site
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? join(folder, page) : resolve(folder, dirname(page), decodeURIComponent(path));
    if (!existsSync(file)) return `${page}: ${link}`;
    if (anchor === undefined || anchor === '' || !file.endsWith('.html')) return undefined;
    return anchorsOf(file).has(decodeURIComponent(anchor)) ? undefined : `${page}: ${link}`;
  }

  test('have links that lead somewhere', () => {
    const problems = pages.flatMap(page => {
      const text = readFileSync(join(folder, page), 'utf8');
      const links = [...text.matchAll(/<(?:a|img|link|script)\b[^>]*?\s(?:href|src)="([^"]*)"/g)];
      return links.map(([, link]) => problemOf(page, link!.replaceAll('&amp;', '&'))).filter(Boolean);
    });
    assert.deepEqual(problems, []);
  });

  test('include every guide', () => {
    const missing = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.md'))
      .filter(name => !pages.includes(join(`v${version}`, name.replace(/\.md$/, '.html'))));
    assert.deepEqual(missing, []);
  });
});

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

test('programs are highlighted to the end of their lines', () => {
  const page = readFileSync(join(folder, `v${version}`, 'index.html'), 'utf8');
  const [, first] = /<pre><code class="ts">(.*?)<br\/>/.exec(page)!;
  const colours = new Set(first!.match(/hl-\d+/g));
  assert.ok(colours.size > 3, first);
  const css = readFileSync(join(folder, `v${version}`, 'assets/highlight.css'), 'utf8');
  const light = [...colours].map(name => new RegExp(`--light-${name}: (#\\w+)`).exec(css)![1]);
  assert.ok(new Set(light).size > 3, light.join());
});

test('the list of headings has those with code', () => {
  const page = readFileSync(join(folder, `v${version}`, 'guides/errors.html'), 'utf8');
  const list = page.slice(page.indexOf('On This Page'));
  assert.match(list, /href="#socket"><span>socket</);
});

describe('in Chromium', {
  skip: chromium === undefined && 'needs Chromium: apt-get install chromium',
}, () => {
  let browser: Browser;
  let address: string;
  let stop: () => void;
  before(async () => {
    const [url, server] = await serve(folder);
    address = `${url}/v${version}`;
    stop = () => server.close();
    browser = await puppeteer.launch({ executablePath: chromium!, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    stop?.();
  });

  /** Opens a page. The test fails if it prints an error or misses a file. */
  async function open(path: string, width: number): Promise<[Page, string[]]> {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 900 });
    const errors: string[] = [];
    page.on('console', message => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', error => errors.push(String(error)));
    page.on('requestfailed', request => errors.push(request.url()));
    await page.goto(`${address}/${path}`, { waitUntil: 'networkidle0' });
    return [page, errors];
  }

  const shots = join(root, 'build/site-screenshots');
  mkdirSync(shots, { recursive: true });
  const looked = [
    'index.html',
    'cli.html',
    'guides/descriptors.html',
    'guides/errors.html',
    'performance.html',
    'api/berkeley/Socket.html',
    'reference/options/so.html',
  ];
  for (const width of [1300, 400]) {
    for (const path of looked) {
      test(`${path}, ${width} pixels wide`, async () => {
        const [page, errors] = await open(path, width);
        const name = `${path.replaceAll('/', '-').replace('.html', '')}-${width}.png` as const;
        await page.screenshot({ path: join(shots, name) as `${string}.png` });
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
        assert.ok((overflow as number) <= 0, `the page is ${overflow} pixels wider than the window`);
        assert.deepEqual(errors, []);
        await page.close();
      });
    }

    test(`the search, ${width} pixels wide`, async () => {
      const [page, errors] = await open('index.html', width);
      await page.click('#tsd-search-trigger');
      for (const [word, expected] of [
        ['recvmmsg', /Socket\.recvmmsg/],
        ['traceroute', /command line/i],
        ['IP_MULTICAST_ALL', /IPV?4?|multicast/i],
      ] as const) {
        await page.$eval('#tsd-search-input', input => {
          (input as { value?: string }).value = '';
        });
        await page.type('#tsd-search-input', word);
        const item = `({ textContent }) => ${expected}.test(textContent)`;
        const found = `[...document.querySelectorAll('#tsd-search-results li')].some(${item})`;
        await page.waitForFunction(found, { timeout: 20_000 });
      }
      await page.screenshot({ path: join(shots, `search-${width}.png`) as `${string}.png` });
      assert.deepEqual(errors, []);
      await page.close();
    });
  }
});
