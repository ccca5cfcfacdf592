// The desk in a browser: worked to empty by keyboard and by mouse, hostile mail, who cannot see or has no script, and how fast it is.
// In: the addresses that desks printed, files to look at; puppeteer-core and axe-core in ./node_modules. Out: TAP.
import {createRequire} from 'node:module';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

const require = createRequire(process.cwd() + '/');
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const {CHROMIUM, KEYBOARD, MOUSE, HOSTILE, AGAIN, MANY, FEED, PUBLISH, SHOTS} = process.env;

let n = 0;
function ok(name, is, ...notes) {
  console.log(`${is ? 'ok' : 'not ok'} ${++n} - ${name}`);
  for (const note of notes) console.log(`# ${typeof note === 'string' ? note : JSON.stringify(note)}`);
}

const browser = await puppeteer.launch({executablePath: '/usr/bin/' + CHROMIUM, args: ['--no-sandbox', '--disable-gpu']});

// A browser of its own on a desk; what goes wrong in it is gathered.
async function enter(address, setup = () => {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.faults = [];
  page.asked = [];
  page.on('pageerror', error => page.faults.push(error.message));
  page.on('console', message => message.type() === 'error' && page.faults.push(message.text()));
  page.on('dialog', dialog => { page.faults.push('dialog'); dialog.dismiss(); });
  page.on('request', request => page.asked.push(request.url()));
  await setup(page);
  await page.goto(address);
  return page;
}

const text = page => page.$eval('main', main => main.innerText);
const path = page => { const url = new URL(page.url()); return url.pathname + url.search; };
const press = (page, key) => Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
const click = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const queued = async page => Number(await page.$eval('.count', count => count.textContent).catch(() => 0));
const events = () => { execFileSync('sh', ['-c', PUBLISH]); return readFileSync(FEED, 'utf8'); };

async function byKeyboard() {
  const page = await enter(KEYBOARD);
  const all = await queued(page);
  ok('the address leads to the queue', path(page) === '/' && all > 2, `${all} mails`);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('href'));
  const first = await focused();
  await page.keyboard.press('j');
  const second = await focused();
  await page.keyboard.press('k');
  ok('j and k go up and down', first && second && first !== second && await focused() === first, first, second);
  await page.keyboard.press('?');
  ok('? shows the keys', await page.$eval('#keys', keys => keys.checkVisibility()));
  await page.keyboard.press('Escape');
  ok('Escape hides them', !await page.$eval('#keys', keys => keys.checkVisibility()));
  await page.keyboard.press('/');
  ok('/ searches', await page.evaluate(() => document.activeElement.id) === 'search');
  await page.keyboard.type('T-801');
  await press(page, 'Enter');
  ok('by words of the subject', (await page.$$('a.row')).length === 1, await text(page));
  await press(page, 'Enter');
  ok('Enter opens the mail', path(page).startsWith('/mail?id='));
  await press(page, 'a');
  ok('a accepts', await queued(page) === all - 1, await text(page));
  ok('the feed follows', events().includes('STATUS:CANCELLED'));
  await press(page, 'u');
  ok('u takes it back', await queued(page) === all && !events().includes('STATUS:CANCELLED'), path(page));
  await page.keyboard.press('c');
  ok('c is in the form', await page.evaluate(() => document.activeElement.name) === 'start-0');
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type('2031-03-12 22:00');
  await page.select('#correct [name=kind]', 'reschedule'); // it was read as called off, which other times alone do not change
  await press(page, 'Enter');
  const wrong = await page.evaluate(() => [document.activeElement.name, document.activeElement.parentElement.querySelector('.wrong').innerText]);
  ok('what is missing is told at its field, which has the focus', wrong[0] === 'end-0' && wrong[1].startsWith('End is missing'), wrong);
  page.faults = page.faults.filter(fault => !fault.includes('422')); // the browser counts a refusal as one
  await page.keyboard.type('2031-03-13 02:00');
  await click(page, '#correction [name=preview]');
  const saved = await page.$eval('.saved', saved => saved.innerText);
  ok('what saving comes to is shown first', saved.includes('oved in the calendar') && !events().includes('DTSTART:20310312T220000Z'), saved);
  const shown = await page.evaluate(() => [document.activeElement.innerText, document.querySelector('.saved').getBoundingClientRect().top]);
  ok('in sight, and Enter saves it', shown[0] === 'Save correction' && shown[1] > 0, shown);
  await press(page, 'Enter');
  ok('the bar tells of it', (await page.$eval('.flash', bar => bar.innerText)).includes('orrected: Work order T-801'));
  ok('and corrects', events().includes('DTSTART:20310312T220000Z'), path(page));
  let presses = 0;
  for (; await queued(page) > 0 && presses < 50; presses++) {
    if (!path(page).startsWith('/mail')) await press(page, 'Enter');
    await press(page, 'x');
  }
  ok('until nothing needs anybody', (await text(page)).includes('Nothing needs you.'), `${presses} more decisions`);
  ok('without a fault', page.faults.length === 0, ...page.faults);
}

async function byMouse() {
  const page = await enter(MOUSE);
  const all = await queued(page);
  await beside(page);
  await click(page, 'a.row');
  await click(page, '#nothing button');
  ok('a click decides', await queued(page) === all - 1);
  await click(page, '#flash-undo button');
  ok('a click takes it back', await queued(page) === all);
  let clicks = 0;
  for (; await queued(page) > 0 && clicks < 50; clicks++) {
    if (!path(page).startsWith('/mail')) await click(page, 'a.row');
    await click(page, await page.$('#accept button') ? '#accept button' : '#nothing button');
  }
  ok('until nothing needs anybody, by mouse', (await text(page)).includes('Nothing needs you.'), `${clicks} decisions`);
  await click(page, 'header nav a[href="/resolved"]');
  ok('all of it is still there', (await page.$$('a.row')).length >= all);
}

// The mail stays beside its reading, a cited line is shown, and small screens get the head in one row and the facts first.
async function beside(page) {
  const own = new URL(page.url()).origin;
  const mail = await page.$$eval('a.row', rows => rows.find(row => row.textContent.includes('T-801')).href);
  await page.setViewport({width: 1280, height: 500});
  await page.goto(mail);
  await page.$$eval('details', all => all.forEach(details => details.open = true));
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const top = await page.$eval('.text', text => text.getBoundingClientRect().top);
  ok('the mail stays beside its reading', top >= 0 && top < 200, `${top}`);
  await page.click('a.cited');
  const line = await page.$eval('.line.flashing', line => line.getBoundingClientRect().top).catch(() => -1);
  ok('a cited line is shown', line > 0 && line < 500, `${line}`);
  await page.setViewport({width: 390, height: 844});
  await page.goto(mail);
  const seen = await page.evaluate(() => ({
    head: document.querySelector('header').offsetHeight, wide: document.documentElement.scrollWidth, hints: document.querySelector('kbd').checkVisibility(),
    facts: document.querySelector('.key').getBoundingClientRect().bottom <= document.querySelector('#accept button').getBoundingClientRect().top,
  }));
  ok('a phone: one row of head, no keys, the facts before the buttons', seen.head < 70 && seen.wide <= 390 && !seen.hints && seen.facts, seen);
  await page.setViewport({width: 800, height: 600});
  await page.goto(own + '/');
}

// Script, style, frames, drawings, forms, refreshes, turned text, and a line of a megabyte.
async function hostile() {
  const page = await enter(HOSTILE);
  const own = new URL(page.url()).origin;
  const links = await page.$$eval('a.row', rows => rows.map(row => row.href));
  for (const link of links) {
    const began = Date.now();
    await page.goto(link);
    const took = Date.now() - began;
    const seen = await page.evaluate(() => ({
      hacked: window.hacked, frames: document.querySelectorAll('iframe, object, embed, meta[http-equiv]').length,
      drawings: document.querySelectorAll('.mail svg').length, styles: document.querySelectorAll('style, [style]').length,
      scripts: document.scripts.length, wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      forms: [...document.forms].filter(form => !['/decide', '/undo', '/note', '/'].includes(new URL(form.action).pathname)).length,
      turned: /[\u202A-\u202E\u2066-\u2069]/.test(document.body.textContent), ground: getComputedStyle(document.body).display,
    }));
    const is = !seen.hacked && !seen.frames && !seen.drawings && !seen.styles && seen.scripts === 1 && seen.wide <= 0 && !seen.forms && !seen.turned &&
      seen.ground === 'block';
    ok(`hostile mail does nothing: ${(await page.title()).slice(0, 60)}`, is, seen, `${took} ms`);
  }
  await new Promise(resolve => setTimeout(resolve, 1200));
  ok('none leads elsewhere', page.url().startsWith(own + '/mail'));
  ok('nothing was fetched from elsewhere', page.asked.every(url => url.startsWith(own)), ...page.asked.filter(url => !url.startsWith(own)));
  ok('no fault, no dialogue', page.faults.length === 0, ...page.faults);
}

async function withoutScript() {
  const page = await enter(AGAIN, page => page.setJavaScriptEnabled(false));
  const all = await queued(page);
  await click(page, 'a.row');
  await click(page, '#nothing button');
  ok('without a script: deciding', await queued(page) === all - 1);
  await click(page, '#flash-undo button');
  ok('without a script: undo', await queued(page) === all);
}

// First paint, as the browser counts it; the best of ten, since what else this machine does only adds to it. The mark is 100 ms, which is
// told and not demanded: a test that fails because the machine is busy tells nothing.
const UNUSABLE = 1000;

async function paint(page, url) {
  const times = [];
  for (let i = 0; i < 10; i++) {
    await page.goto(url);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
    times.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
  }
  return Math.min(...times);
}

async function many(page) {
  const own = new URL(page.url()).origin;
  const mail = await page.$eval('a.row', row => row.href);
  await page.goto(own + '/resolved');
  const old = await page.$eval('a.row', row => row.href);
  for (const [name, url] of [['queue', own + '/'], ['mail', mail], ['resolved', own + '/resolved'], ['resolved mail', old], ['search', own + '/?q=4999'],
    ['timeline', own + '/timeline?from=2031-03-01'], ['issues', own + '/issues'], ['status', own + '/status']]) {
    const time = await paint(page, url);
    ok(`10,000 mails: ${name} is painted in ${time.toFixed(0)} ms`, time < UNUSABLE);
  }
  await page.goto(own + '/');
  await click(page, 'a[rel=next]');
  const second = await page.$eval('a.row', row => row.href);
  await click(page, 'a[rel=prev]');
  ok('pages lead on and back', await page.$eval('a.row', row => row.href) === mail && second !== mail, mail, second);
}

async function accessible(page, scheme) {
  const own = new URL(page.url()).origin;
  await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
  await page.setBypassCSP(true);
  await page.goto(own + '/');
  const mail = await page.$eval('a.row', row => row.getAttribute('href'));
  await page.goto(own + '/issues');
  const issue = await page.$eval('a.row', row => row.getAttribute('href')).catch(() => '/issues?all=1');
  for (const at of ['/', mail, mail + '#correct', '/resolved', '/timeline?from=2031-03-01', '/issues', issue, '/status', '/nothing']) {
    await page.goto(own + at);
    await page.$$eval('details', all => all.forEach(details => details.open = true));
    await page.evaluate(axe);
    const {violations} = await page.evaluate(() => axe.run(document, {resultTypes: ['violations']}));
    const serious = violations.filter(found => ['serious', 'critical'].includes(found.impact));
    ok(`axe, ${scheme}: ${at.replace(/\?.*/, '')}`, serious.length === 0,
      ...serious.map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 120)).slice(0, 3).join(' | ')}`));
  }
}

async function shoot(page) {
  const own = new URL(page.url()).origin;
  const mail = await page.$eval('a.row', row => row.getAttribute('href'));
  for (const scheme of ['light', 'dark'])
    for (const [name, width, height] of [['phone', 390, 844], ['laptop', 1280, 800], ['wide', 1920, 1080]]) {
      await page.setViewport({width, height});
      await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
      for (const at of ['/', mail, '/timeline?from=2031-03-01', '/issues', '/status']) {
        await page.goto(own + at);
        await page.screenshot({path: `${SHOTS}/${at.replace(/\?.*/, '').slice(1) || 'queue'}-${name}-${scheme}.png`});
      }
    }
}

await byKeyboard();
await byMouse();
await hostile();
await withoutScript();
const page = await enter(MANY);
await many(page);
await page.goto(new URL(page.url()).origin + '/');
if (SHOTS) await shoot(page);
for (const scheme of ['light', 'dark']) await accessible(page, scheme);
await browser.close();
console.log(`1..${n}`);
