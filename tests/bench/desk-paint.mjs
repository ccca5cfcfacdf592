// How long after a browser set out it paints each page of a desk.
// In: BASE and COOKIE of a desk, ROUNDS, paths; puppeteer-core in ./node_modules. Out: a line a page: medians in ms and the slowest of nine
// in ten, with an empty cache and with style and script at hand.
import {createRequire} from 'node:module';

const puppeteer = createRequire(process.cwd() + '/')('puppeteer-core');
const {BASE, COOKIE, ROUNDS} = process.env;
const browser = await puppeteer.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu']});

const page = await browser.newPage();
const tools = await page.createCDPSession();

async function paint(path) {
  await page.goto(BASE + path);
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
}

const told = times => {
  times.sort((a, b) => a - b);
  return [0.5, 0.9].map(share => times[Math.floor(share * (times.length - 1))].toFixed(0).padStart(4)).join(' /');
};

// The floor is what a page of one line takes, without style and script: it is what a stranger sees.
async function measure(name, path) {
  const times = {cold: [], warm: []};
  for (let i = 0; i < ROUNDS; i++) {
    await tools.send('Network.clearBrowserCache');
    times.cold.push(await paint(path));
    times.warm.push(await paint(path));
  }
  console.log(`${name.padEnd(46)} first paint, cold ${told(times.cold)} ms, warm ${told(times.warm)} ms`);
}

await measure('floor: one line of text', '/');
const [name, value] = COOKIE.split('=');
await page.setCookie({name, value, url: BASE, path: '/', sameSite: 'Strict', httpOnly: true});
for (const path of process.argv.slice(2)) await measure(path, path);
await browser.close();
