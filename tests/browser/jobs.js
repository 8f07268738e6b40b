// The explorer's jobs in a real browser: each with the mouse and our script, without script, and by keyboard alone, in a wide and
// in a narrow window; then every page by axe-core, in forced colours, at 320 pixels, with wider spacing, and printed.
//
// node jobs.js ADDRESS CHROMIUM MODULES: the address with its key, the browser's program, the folder of node modules. Prints JSON:
// what was done with how many actions, and what was wrong.
'use strict';
const path = require('path');
const fs = require('fs');
const [, , address, chromium, modules] = process.argv;
const puppeteer = require(path.join(modules, 'puppeteer-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core', 'axe.min.js'), 'utf8');
const root = new URL(address).origin;
const MEASURE = '/measure/sen2_timeliness/timeliness_20_weeks?area=333';

const wrong = [];
const jobs = [];
const requests = { own: 0, foreign: [], failed: [] };

// Asks again where a page has just given way to the next.
async function steady(ask) {
  for (let again = 0; ; again += 1) {
    try { return await ask(); } catch (error) {
      if (again > 20 || !/context was destroyed|detached|Cannot find context/.test(error.message)) throw error;
      await new Promise(done => setTimeout(done, 150));
    }
  }
}

// ---- somebody who uses the pages, in one of three ways

class User {
  constructor(page, way, width) { Object.assign(this, { page, way, width, actions: 0 }); }

  async open(target) { await this.page.goto(root + target, { waitUntil: 'load' }); }

  // What a reader sees of the page: without what script adds to it.
  async text() {
    return steady(() => this.page.$eval('main', main => {
      const copy = main.cloneNode(true);
      copy.querySelectorAll('.reads, .tip, title, script, [data-script]').forEach(one => one.remove());
      copy.querySelectorAll('input, select').forEach(one => one.removeAttribute('id'));
      return copy.textContent.replace(/\s+/g, ' ').trim();
    }));
  }

  async settled() {
    await this.page.waitForNetworkIdle({ idleTime: 150, timeout: 240000 });
    await steady(() => this.page.waitForFunction('document.readyState === "complete"'));
  }

  // Follows the first visible link, button or fold whose words fit.
  async follow(words, within = 'body') {
    this.actions += 1;
    const marked = await this.page.evaluate((source, within) => {
      const fits = new RegExp(source, 'i');
      const seen = one => one.checkVisibility() && one.getClientRects().length > 0;
      const said = one => (one.getAttribute('aria-label') || one.textContent).replace(/\s+/g, ' ').trim();
      document.querySelectorAll('[data-next]').forEach(one => one.removeAttribute('data-next'));
      const all = [...document.querySelectorAll(within)].flatMap(part => [...part.querySelectorAll('a[href], button, summary')]);
      const found = all.find(one => one.tabIndex >= 0 && seen(one) && fits.test(said(one)));
      if (found) found.setAttribute('data-next', '');
      return Boolean(found);
    }, words.source, within);
    if (!marked) throw new Error(`nothing is called ${words} on ${this.page.url()}`);
    await this.reach('[data-next]', async () => {
      if (this.way === 'keys') await this.page.keyboard.press('Enter'); else await this.page.click('[data-next]');
    });
  }

  // The focus goes there by Tab alone where the keyboard is all there is.
  async reach(selector, act) {
    if (this.way === 'keys') {
      for (let tabs = 0; ; tabs += 1) {
        if (tabs > 600) throw new Error(`${selector} cannot be reached by Tab on ${this.page.url()}`);
        const at = await this.page.evaluate(selector => {
          const one = document.activeElement;
          if (!one || one === document.body) return { there: false, shown: true, name: '' };
          const style = getComputedStyle(one);
          const around = one.closest('.hot, svg') ? 'svg' : '';
          return { there: one.matches(selector), shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, name: one.outerHTML.slice(0, 90) + around };
        }, selector);
        if (!at.shown) wrong.push(`the focus is not seen on ${at.name} of ${this.page.url()}`);
        if (at.there) break;
        await this.page.keyboard.press('Tab');
      }
    }
    await act();
    await this.settled();
  }

  async tab(name) {
    if (this.width < 768) await this.follow(/^Menu/);
    await this.follow(new RegExp(`^${name}$`), 'nav');
  }

  async find(words) {
    this.actions += 1;
    await this.reach('#q', async () => {
      if (this.way !== 'keys') await this.page.click('#q');
      await this.page.keyboard.type(words);
      await this.page.keyboard.press('Enter');
    });
  }

  async tick(value) {
    this.actions += 1;
    const box = `input[type=checkbox][value="${value}"]`;
    await this.reach(box, async () => {
      if (this.way === 'keys') await this.page.keyboard.press('Space'); else await this.page.click(box);
    });
  }

  async select(id, value) {
    this.actions += 1;
    await this.reach(`#${id}`, async () => {
      if (this.way === 'keys') {
        const steps = await this.page.$eval(`#${id}`, (one, value) => [...one.options].findIndex(o => o.value === value) - one.selectedIndex, value);
        for (let step = 0; step < Math.abs(steps); step += 1) await this.page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
      } else await this.page.select(`#${id}`, value);
    });
    // Without script a button shows the choice.
    if (this.way === 'plain') await this.follow(/^Show$/, 'form.choose');
  }

  async expect(...patterns) {
    const text = await this.text();
    for (const pattern of patterns) if (!pattern.test(text)) throw new Error(`${pattern} does not stand on ${this.page.url()}: ${text.slice(0, 400)}`);
  }

  // What must be seen without scrolling.
  async first(...selectors) {
    for (const selector of selectors) {
      const bottom = await this.page.$eval(selector, one => one.getBoundingClientRect().bottom);
      const height = this.width < 768 ? 844 : 900;
      if (bottom > height) throw new Error(`${selector} ends at ${Math.round(bottom)} of ${height} pixels`);
    }
  }
}

// ---- the jobs

const JOBS = {
  'what about it, before a meeting': async user => {
    await user.open('/area/333');
    await user.find('20 weeks sandwell');
    await user.follow(/20 weeks/, 'main');
    await user.expect(/%\s*Sandwell, \d{4}: [\d,]+ of [\d,]+/, /England/, /Worse|Better|Similar/, /Rank/, /Change on/);
    await user.first('.answer .num', '.answer .ans');
    if (user.actions > 2) throw new Error(`${user.actions} actions`);
  },
  'how are we doing on everything': async user => {
    await user.open('/');
    await user.find('Sandwell');
    await user.expect(/^.*Sandwell/, /Look at first/, /Against England/, /How large/);
  },
  'who is best among our neighbours, and since when': async user => {
    await user.open(MEASURE);
    await user.expect(/Best of the \w+ .*since when/, /first (since|in)/);
  },
  'where are we red, beside whom': async user => {
    await user.open('/area/333');
    await user.tab('Heat map');
    await user.expect(/Worse/, /In all/);
  },
  'what changed since the last release': async user => {
    await user.open('/area/333');
    await user.tab('Changes');
    await user.expect(/What changed/);
  },
  'where does this number come from': async user => {
    await user.open(MEASURE);
    await user.follow(/^[\d.,]+%$/, '.answer');
    await user.expect(/\.csv/, /[A-Z]+\d+/, /byte for byte/);
  },
  'this picture for Word': async user => {
    await user.open(MEASURE);
    await user.follow(/SVG/, 'figure');
    const svg = await user.page.evaluate(() => document.documentElement.outerHTML);
    if (!/^<svg/.test(svg) || !/Department for Education/.test(svg)) throw new Error('no picture with its source');
  },
  'another period': async user => {
    await user.open(MEASURE);
    const latest = await user.page.$eval('#period', one => one.value);
    const before = await user.page.$eval('#period', one => one.options[1].value);
    if (latest !== '') throw new Error(`the latest period is called ${latest}`);
    await user.select('period', before);
    if (!user.page.url().includes(`period=${before}`)) throw new Error(`the address is ${user.page.url()}`);
    await user.expect(new RegExp(`Sandwell, ${before}:`));
    if (user.way !== 'plain') {
      const [focus, live] = await user.page.evaluate(() => [document.activeElement.id, document.getElementById('live').textContent]);
      if (focus !== 'period' && user.way === 'keys') throw new Error(`the focus went to ${focus}`);
      if (!live) throw new Error('nothing is announced');
    }
  },
  'beside whom': async user => {
    await user.open(MEASURE);
    await user.follow(/^Change$/, '.bar');
    await user.tick('region');
    await user.follow(/^Show$/, '.bar');
    if (/region/.test(new URL(user.page.url()).searchParams.get('with') || '')) throw new Error('the region is still beside it');
    await user.follow(/^Take England out/, '.bar').catch(error => { if (user.width >= 768) throw error; });
  },
  'the same next year': async user => {
    await user.open(`${MEASURE}&with=england,core-cities&view=table`);
    const [url, text] = [user.page.url(), await user.text()];
    if (/20\d\d/.test(new URL(url).search)) throw new Error(`a period stands in ${url}`);
    await user.tab('Area');
    await user.page.goBack({ waitUntil: 'load' });
    if (user.page.url() !== url || await user.text() !== text) throw new Error('back is another page');
    await user.page.goForward({ waitUntil: 'load' });
    await user.page.goBack({ waitUntil: 'load' });
    await user.page.reload({ waitUntil: 'load' });
    if (user.page.url() !== url || await user.text() !== text) throw new Error('reload is another page');
  },
  'walk over the authorities': async user => {
    await user.open(MEASURE);
    const name = () => user.page.$eval('.walk b', one => one.textContent);
    const own = await name();
    await user.follow(/←|^\d+\./, '.walk .back');
    const before = await name();
    if (before === own) throw new Error('nobody is before it');
    if (!/focus=/.test(user.page.url())) throw new Error(user.page.url());
  },
};

async function perform(browser, width, way) {
  const page = await opened(browser, width);
  if (way === 'plain') await page.setJavaScriptEnabled(false);
  const ends = {};
  for (const [name, job] of Object.entries(JOBS)) {
    const user = new User(page, way, width);
    try {
      await job(user);
      jobs.push({ name, way, width, actions: user.actions });
      ends[name] = `${page.url()} ${await user.text().catch(() => '')}`;
    } catch (error) {
      wrong.push(`${name} (${way}, ${width}): ${error.message}`);
    }
  }
  await page.close();
  return ends;
}

async function opened(browser, width) {
  const page = await browser.newPage();
  page.setDefaultTimeout(240000);
  await page.setViewport({ width, height: width < 768 ? 844 : 900 });
  page.on('request', request => {
    const url = request.url();
    if (url.startsWith(root) || url.startsWith('data:')) requests.own += 1; else requests.foreign.push(url);
  });
  page.on('requestfailed', request => { if (request.failure().errorText !== 'net::ERR_ABORTED') requests.failed.push(`${request.url()} ${request.failure().errorText}`); });
  page.on('pageerror', error => wrong.push(`an error of the script on ${page.url()}: ${error.message}`));
  page.on('console', message => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) wrong.push(`${page.url()}: ${message.text()}`); });
  return page;
}

// ---- every page

const PAGES = [
  '/', '/area/333', '/area/333?show=all', '/area/333?show=worse&order=worst', '/measures?area=333', MEASURE, `${MEASURE}&view=table&with=core-cities`,
  `${MEASURE}&view=funnel`, '/heat?area=333', '/find?q=autsim', '/find?q=zzzzqq', '/findings', '/sources', '/changes', '/area/999', '/measure/none/nothing',
];

async function audit(browser) {
  const page = await opened(browser, 1280);
  await page.setBypassCSP(true);
  const devtools = await page.createCDPSession();
  const found = async (name, about) => { await page.evaluate(axe); const violations = await page.evaluate(async () => {
    document.querySelectorAll('details').forEach(one => { one.open = true; });
    const found = await window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } });
    return found.violations.map(one => `${one.id} ${one.nodes.length} ${one.nodes[0].html.slice(0, 120)}`);
  });
  violations.forEach(one => wrong.push(`axe, ${name}, ${about}: ${one}`)); };
  const wide = async (name, about) => {
    const out = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (out > 1) wrong.push(`${name}, ${about}: ${out} pixels wider than the window`);
  };
  for (const target of PAGES) {
    for (const width of [1280, 390, 320]) {
      await page.setViewport({ width, height: 900 });
      await page.goto(root + target, { waitUntil: 'load' });
      await wide(target, `at ${width}`);
      if (width !== 320) await found(target, `at ${width}`);
    }
    // Spacing as WCAG 1.4.12 has it.
    await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }' });
    await wide(target, 'with wider spacing');
    await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(root + target, { waitUntil: 'load' });
    await found(target, 'in forced colours');
    const moves = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
    if (moves !== 'auto') wrong.push(`${target} scrolls smoothly where less motion is asked for`);
    await devtools.send('Emulation.setEmulatedMedia', { features: [] });
  }
  await page.close();
}

async function printed(browser) {
  const page = await opened(browser, 1280);
  const sheets = {};
  for (const [target, most, landscape] of [['/area/333', 12, true], [MEASURE, 4, false], ['/heat?area=333', 1, true]]) {
    await page.goto(root + target, { waitUntil: 'load' });
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const count = (pdf.match(/\/Type \/Page\b(?!s)/g) || []).length;
    const [, across, up] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) || [0, 0, 0];
    sheets[target] = count;
    if (count < 1 || count > most) wrong.push(`${target} is printed on ${count} sheets`);
    if ((+across > +up) !== landscape) wrong.push(`${target} is printed ${across} by ${up}`);
    await page.emulateMediaType('print');
    const seen = await page.evaluate(() => [...document.querySelectorAll('.head, nav, form, button, select, .walk, .take, .hot, .reads')].filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 80)));
    seen.forEach(one => wrong.push(`${target}: a control is printed: ${one}`));
    const split = await page.evaluate(() => [...document.querySelectorAll('main tbody tr')].filter(one => getComputedStyle(one).breakInside !== 'avoid').length);
    if (split) wrong.push(`${target}: ${split} rows may be split between sheets`);
    await page.emulateMediaType(null);
  }
  await page.close();
  return sheets;
}

// A page whose script fails is a page that works.
async function broken(browser) {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', request => request.url().endsWith('/script.js') ? request.respond({ status: 200, contentType: 'text/javascript', body: 'throw new Error("broken")' }) : request.continue());
  await page.goto(root + MEASURE, { waitUntil: 'load' });
  await Promise.all([page.waitForNavigation(), page.click('.walk .back a')]);
  if (!/focus=/.test(page.url())) wrong.push('without its script the page does not walk');
  await page.close();
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: chromium,
    // Nothing but this computer has an address.
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
  const first = await browser.newPage();
  await first.goto(address, { waitUntil: 'load' });
  if (first.url().includes('key=')) wrong.push('the key stays in the address');
  for (const width of [1280, 390]) {
    const [script, plain] = await Promise.all([perform(browser, width, 'script'), perform(browser, width, 'plain')]);
    await perform(browser, width, 'keys');
    for (const [name, end] of Object.entries(script)) {
      if (plain[name] && plain[name] !== end) wrong.push(`${name} (${width}) ends otherwise without script: ${end.slice(0, 300)} / ${plain[name].slice(0, 300)}`);
    }
  }
  await Promise.all([audit(browser), broken(browser)]);
  const sheets = await printed(browser);
  await browser.close();
  requests.foreign.forEach(url => wrong.push(`asked elsewhere: ${url}`));
  requests.failed.forEach(url => wrong.push(`failed: ${url}`));
  console.log(JSON.stringify({ jobs, pages: PAGES.length, sheets, requests: requests.own, wrong }, null, 1));
})().catch(error => { console.error(error); process.exit(1); });
