// Forms in a real browser: a file is chosen and brought in with our script and without, and dropped; what a browser says of where
// a form comes from must be what the door asks for.
//
// node forms.js ADDRESS CHROMIUM MODULES: prints JSON: what was done, and what was wrong.
'use strict';
const path = require('path');
const fs = require('fs');
const os = require('os');
const [, , address, chromium, modules] = process.argv;
const puppeteer = require(path.join(modules, 'puppeteer-core'));
const root = new URL(address).origin;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'abreast-forms-'));
const file = path.join(folder, 'young_carers_2024.csv');
fs.writeFileSync(file, 'Area,Year,Young carers\nSandwell,2023,412\nSandwell,2024,430\nDudley,2023,199\nDudley,2024,205\n');

const done = [];
const wrong = [];

async function moved(page, act) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()]);
}

async function thrown(page, way) {
  const at = new URL(page.url()).pathname;
  if (!/^\/intake\/\d+$/.test(at)) { wrong.push(`${way}: ${at} ${await page.evaluate(() => document.body.innerText.slice(0, 300))}`); return; }
  done.push(`${way}: brought in`);
  await moved(page, () => page.click('button[value=drop]'));
  if (new URL(page.url()).pathname === '/intake') done.push(`${way}: thrown away`); else wrong.push(`${way}: ${page.url()}`);
}

(async () => {
  const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] });
  try {
    for (const way of ['script', 'plain', 'drop']) {
      const page = await browser.newPage();
      page.setDefaultTimeout(120000);
      await page.setJavaScriptEnabled(way !== 'plain');
      await page.goto(address);
      await page.goto(`${root}/intake`);
      if (way === 'drop') {
        await moved(page, () => page.evaluate(text => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'dropped_2024.csv', { type: 'text/csv' }));
          const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
          document.querySelector('h1').dispatchEvent(event);
        }, fs.readFileSync(file, 'utf8')));
      } else {
        const input = await page.$('form.drop [type=file]');
        await input.uploadFile(file);
        await moved(page, () => page.click('form.drop button'));
      }
      await thrown(page, way);
      await page.close();
    }
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  }
  console.log(JSON.stringify({ done, wrong }));
})().catch(error => { console.error(error); process.exit(1); });
