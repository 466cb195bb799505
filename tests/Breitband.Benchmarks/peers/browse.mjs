// The map in headless Chromium, as somebody sees it who comes for the first time (nothing in the cache) in a browser just started and in one that runs, and who comes again: when the first picture and the drawn map are there, how long a switched measure takes, frames a second while it is dragged and zoomed.
// usage: node --experimental-websocket browse.mjs URL [FLAGS]    prints one line of JSON. Drawing is by software where the machine has no graphics card, in the way the browser
// itself falls back to there; "renderer" says so, and the processor's milliseconds a frame are told apart: "page" is ours, "drawing" is what a graphics card would take over.
// A frame counts only if the map in it differs from the one before - it was drawn anew, or its drawing was moved -, and never more than the browser has put on the screen.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const profile = mkdtempSync(join(tmpdir(), "breitband-browse-"));
const browser = spawn("chromium", ["--headless=new", "--no-sandbox", "--enable-unsafe-swiftshader", ...(process.argv[3] ?? "").split(" ").filter(Boolean), "--remote-debugging-port=0", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--lang=de-DE", `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
const ended = new Promise((done) => browser.on("exit", done));
const address = await new Promise((found) => {
  let text = "";
  browser.stderr.on("data", (more) => { text += more; const match = /DevTools listening on (\S+)/.exec(text); if (match) found(match[1]); });
});
const socket = new WebSocket(address), waiting = new Map();
await new Promise((open) => { socket.onopen = open; });
let last = 0, session, traced = [], tracingEnded;
socket.onmessage = ({ data }) => {
  const answer = JSON.parse(data);
  if (answer.method === "Tracing.dataCollected") traced.push(...answer.params.value);
  else if (answer.method === "Tracing.tracingComplete") tracingEnded();
  else waiting.get(answer.id)?.(answer.result ?? {});
};
const ask = (method, params, sessionId) => new Promise((done) => { waiting.set(++last, done); socket.send(JSON.stringify({ id: last, method, params, sessionId })); });
const call = (method, params = {}) => ask(method, params, session);
const value = async (expression) => (await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result?.value;
const until = async (expression) => {
  for (const end = Date.now() + 60000; Date.now() < end; await new Promise((r) => setTimeout(r, 25)))
    if (await value(`(() => { try { return !!(${expression}); } catch { return false; } })()`)) return;
  throw new Error(`never came: ${expression}`);
};

/** A page of a browser without anything in its cache: that of somebody who comes for the first time. */
async function stranger() {
  const { browserContextId } = await ask("Target.createBrowserContext", {});
  const { targetId } = await ask("Target.createTarget", { url: "about:blank", browserContextId });
  session = (await ask("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  await call("Emulation.setDeviceMetricsOverride", { width: 1440, height: 900, deviceScaleFactor: 1, mobile: false });
  await call("Page.enable");
  await call("Page.addScriptToEvaluateOnNewDocument", { source: "{ const draw = WebGL2RenderingContext.prototype.drawElements; window.draws = 0; WebGL2RenderingContext.prototype.drawElements = function (...all) { window.draws++; return draw.apply(this, all); }; }" });
  return targetId;
}

async function load() {
  await call("Page.navigate", { url: process.argv[2] });
  await until("performance.getEntriesByName('erstes-bild').length");
  await until("document.body.dataset.fertig === 'ja' && !document.getElementById('erstes-bild')");
  return { first: await value("Math.round(performance.getEntriesByName('erstes-bild')[0].startTime)"), drawn: await value("Math.round(performance.now())") };
}

/** Seconds of processor so far: of the pages, and of the process that draws in the place of a graphics card. */
async function spent() {
  const { processInfo } = await ask("SystemInfo.getProcessInfo", {});
  const of = (type) => processInfo.filter((p) => p.type === type).reduce((sum, p) => sum + p.cpuTime, 0);
  return { page: of("renderer"), drawing: of("GPU") };
}

/** Frames a second in which the map looks another than before while something is done to it, and the longest wait between two of them, ms. */
async function frames(work) {
  traced = [];
  await ask("Tracing.start", { traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline.frame"] } });
  const before = await spent();
  await value(`window.ticks = []; window.on = true; { const c = document.querySelector("#karte canvas"); let seen = ""; (function tick() {
    const now = [window.draws, c.style.transform, document.querySelector("#karte .bewegt")?.style.transform].join();
    if (now !== seen) { seen = now; window.ticks.push(performance.now()); }
    if (window.on) requestAnimationFrame(tick);
  })(); } 0`);
  await work(Date.now() + 4000);
  // What follows when the hand rests is no movement.
  const ticks = JSON.parse(await value("window.on = false, JSON.stringify(window.ticks)"));
  const after = await spent(), ended = new Promise((done) => { tracingEnded = done; });
  await ask("Tracing.end", {});
  await ended;
  const shown = traced.filter((e) => e.name === "DrawFrame").map((e) => e.ts / 1000);
  const each = (key) => Math.round(10000 * (after[key] - before[key]) / (ticks.length - 1)) / 10;
  const rate = (times) => 1000 * (times.length - 1) / (times.at(-1) - times[0]);
  const longest = (times) => Math.max(...times.slice(1).map((t, i) => t - times[i]));
  return { perSecond: Math.round(10 * Math.min(rate(ticks), rate(shown))) / 10, longest: Math.round(Math.max(longest(ticks), longest(shown))), page: each("page"), drawing: each("drawing") };
}

const mouse = (type, x, y, more) => call("Input.dispatchMouseEvent", { type, x, y, ...more });
/** Between two movements of a hand: a mouse tells 125 a second, whether a page keeps up or not. */
const pause = () => new Promise((r) => setTimeout(r, 8));
await stranger();
const start = await load();
await stranger();
const cold = await load(), warm = await load();
const { x, y } = JSON.parse(await value("(() => { const b = document.querySelector('#karte').getBoundingClientRect(); return JSON.stringify({ x: b.left + b.width / 2, y: b.top + b.height / 2 }); })()"));
const pan = await frames(async (end) => {
  await mouse("mousePressed", x, y, { button: "left", clickCount: 1 });
  for (let i = 0; Date.now() < end; i++, await pause()) void mouse("mouseMoved", x + 200 * Math.sin(i / 40), y + 120 * Math.sin(i / 26), { button: "left", buttons: 1 });
  await mouse("mouseReleased", x, y, { button: "left", clickCount: 1 });
});
// Two fingers on a pad: three and a half levels a second, in and out again. More at once would run into the last level and stand there, or be taken for a wheel's notches.
const zoom = await frames(async (end) => {
  for (let i = 0; Date.now() < end; i++, await pause()) void mouse("mouseWheel", x, y, { deltaX: 0, deltaY: Math.floor(i / 120) % 2 ? 4 : -4 });
});
const trial = await value(`new Promise((done) => {
  const box = document.querySelector('#massnahmen-liste input'), figures = document.querySelector('#zahlen');
  if (!box) return done(null);
  const began = performance.now();
  new MutationObserver(() => done(Math.round(performance.now() - began))).observe(figures, { childList: true });
  box.click();
})`);
const renderer = await value("(() => { const gl = document.createElement('canvas').getContext('webgl2'); return gl?.getParameter(gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER); })()");
console.log(JSON.stringify({ start, cold, warm, pan, zoom, trial, renderer }));
await ask("Browser.close", {});
await ended;
rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
process.exit(0);
