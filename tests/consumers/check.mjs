// Reads the exports for the web back with the programs they are for. Usage: node check.mjs FOLDER PACKAGES CHROMIUM
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { createRequire } from "node:module";

const [folder, packages, chromium] = process.argv.slice(2);
const require = createRequire(path.join(packages, "package.json"));
const at = (name) => path.join(folder, name);
let failed = false;
async function check(name, test) {
  try {
    console.log(`ok    ${name}: ${await test()}`);
  } catch (error) {
    failed = true;
    console.log(`FAIL  ${name}: ${error.message}`);
  }
}
const assert = (holds, what) => {
  if (!holds) throw new Error(what);
};
const fetched = (name) => import(require.resolve(name));

await check("mermaid", async () => {
  const { JSDOM } = await fetched("jsdom");
  const dom = new JSDOM("");
  globalThis.window = dom.window;
  globalThis.document = dom.window.document;
  const mermaid = (await import(path.join(packages, "node_modules/mermaid/dist/mermaid.core.mjs"))).default;
  const text = fs.readFileSync(at("events.mmd"), "utf8");
  assert(await mermaid.parse(text), "does not parse");
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const tasks = diagram.db.getTasks();
  const drawn = tasks.reduce((sum, task) => sum + task.events.length, 0);
  const lines = text.split("\n").filter((line) => / : /.test(line)).length;
  assert(drawn === lines, `${lines} events were written, ${drawn} are drawn`);
  return `${drawn} events in ${tasks.length} periods`;
});

if (!chromium) {
  console.log("skip  TimelineJS and HTML: no chromium");
} else {
  const puppeteer = (await fetched("puppeteer-core")).default;
  const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  const roots = { "/x/": folder, "/tl/": path.join(packages, "node_modules/@knight-lab/timelinejs/dist") };
  const types = { ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".html": "text/html", ".csv": "text/csv" };
  const server = http.createServer((request, response) => {
    const url = decodeURIComponent(request.url.split("?")[0]);
    if (url === "/") {
      response.setHeader("content-type", "text/html");
      return response.end('<link rel="stylesheet" href="/tl/css/timeline.css"><script src="/tl/js/timeline.js"></script><div id="t" style="height:600px"></div>');
    }
    const prefix = Object.keys(roots).find((p) => url.startsWith(p));
    const file = prefix && path.join(roots[prefix], path.normalize("/" + url.slice(prefix.length)));
    if (!file || !fs.existsSync(file)) {
      response.statusCode = 404;
      return response.end();
    }
    response.setHeader("content-type", types[path.extname(file)] || "application/octet-stream");
    fs.createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${server.address().port}`;

  for (const name of ["events.timelinejs.json", "events.timelinejs.csv"]) {
    await check(`TimelineJS ${name}`, async () => {
      const page = await browser.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(base, { waitUntil: "load" });
      const slides = await page.evaluate(async (url, base) => {
        const timeline = new TL.Timeline("t", url, { script_path: `${base}/tl/js` });
        for (let i = 0; i < 150 && !timeline.config?.events?.length; i += 1) await new Promise((done) => setTimeout(done, 100));
        return { events: timeline.config?.events?.length, message: document.querySelector(".tl-message-full")?.textContent };
      }, `${base}/x/${name}`, base);
      const wanted = JSON.parse(fs.readFileSync(at("events.timelinejs.json"), "utf8")).events.length;
      assert(slides.events === wanted, `${wanted} slides were written, ${slides.events} are there; ${slides.message ?? ""} ${errors}`);
      await page.close();
      return `${slides.events} slides`;
    });
  }

  const pages = ["events.html", "hundred.html", "many.html"].filter((n) => fs.existsSync(at(n)));
  for (const [name, scheme] of pages.flatMap((n) => [[n, "light"], [n, "dark"]])) {
    await check(`HTML ${name} ${scheme}`, async () => {
      const page = await browser.newPage();
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
      page.on("request", (request) => /^https?:/.test(request.url()) && errors.push(`loads ${request.url()}`));
      await page.goto(`file://${at(name)}`, { waitUntil: "load" });
      const seen = await page.evaluate(async () => {
        const shown = () => document.querySelectorAll("tbody tr:not([hidden])").length;
        const all = shown();
        const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
        for (let i = 0; i < 50 && painted() === undefined; i += 1) await new Promise((done) => setTimeout(done, 100));
        const paint = painted();
        const select = document.getElementById("type");
        select.selectedIndex = 1;
        select.dispatchEvent(new Event("change"));
        const some = shown();
        const style = getComputedStyle(document.body);
        const paper = [style, getComputedStyle(document.documentElement)].map((s) => s.backgroundColor).find((c) => !/, 0\)$/.test(c));
        const colours = [paper ?? "rgb(255, 255, 255)", style.color];
        const promised = Number(/\((\d+)\)$/.exec(select.options[1].textContent)[1]);
        return { all, some, promised, paint, drawing: document.getElementById("axis").width, colours };
      });
      assert(!errors.length, errors.join("; "));
      assert(seen.all > 0 && seen.some === seen.promised, `the filter shows ${seen.some} of ${seen.promised}`);
      assert(seen.drawing > 100, "no drawing");
      const bright = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
      const [paper, ink] = seen.colours.map(bright);
      assert(scheme === "light" ? paper > 200 && ink < 100 : paper < 60 && ink > 150, `${scheme}: ${seen.colours}`);
      assert(seen.paint < 1000, `first paint after ${seen.paint} ms`);
      await page.setJavaScriptEnabled(false);
      await page.reload();
      const bare = await page.evaluate(() => {
        const rows = document.querySelectorAll("tbody tr:not([hidden])");
        return { rows: rows.length, height: rows[0].offsetHeight, tools: document.getElementById("tools").offsetHeight };
      });
      assert(bare.rows === seen.all && bare.height > 0 && bare.tools === 0, `without script: ${JSON.stringify(bare)}`);
      await page.close();
      return `${seen.all} events, ${seen.some} of one type, first paint after ${Math.round(seen.paint)} ms`;
    });
  }
  await browser.close();
  server.close();
}
process.exit(failed ? 1 : 0);
