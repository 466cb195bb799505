// The map in headless Chromium: when the first picture and the drawn map are there, how long a switched measure takes, frames a second while it is dragged and zoomed.
// usage: node --experimental-websocket browse.mjs URL    prints one line of JSON. Drawing is by software where the machine has no graphics card; "renderer" says so,
// and the processor's milliseconds a frame are told apart: "page" is ours, "drawing" is what a graphics card would take over.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const profile = mkdtempSync(join(tmpdir(), "breitband-browse-"));
const browser = spawn("chromium", ["--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--remote-debugging-port=0", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--lang=de-DE", `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
const ended = new Promise((done) => browser.on("exit", done));
const address = await new Promise((found) => {
  let text = "";
  browser.stderr.on("data", (more) => { text += more; const match = /DevTools listening on (\S+)/.exec(text); if (match) found(match[1]); });
});
const socket = new WebSocket(address), waiting = new Map();
await new Promise((open) => { socket.onopen = open; });
let last = 0, session;
socket.onmessage = ({ data }) => { const answer = JSON.parse(data); waiting.get(answer.id)?.(answer.result ?? {}); };
const ask = (method, params, sessionId) => new Promise((done) => { waiting.set(++last, done); socket.send(JSON.stringify({ id: last, method, params, sessionId })); });
const call = (method, params = {}) => ask(method, params, session);
const value = async (expression) => (await call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result?.value;
const until = async (expression) => {
  for (const end = Date.now() + 60000; Date.now() < end; await new Promise((r) => setTimeout(r, 25)))
    if (await value(`(() => { try { return !!(${expression}); } catch { return false; } })()`)) return;
  throw new Error(`never came: ${expression}`);
};

const { targetId } = await call("Target.createTarget", { url: "about:blank" });
session = (await call("Target.attachToTarget", { targetId, flatten: true })).sessionId;
await call("Emulation.setDeviceMetricsOverride", { width: 1440, height: 900, deviceScaleFactor: 1, mobile: false });

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

/** Frames the page itself comes to while something is done to it, and the longest wait between two of them, ms. */
async function frames(work) {
  await value("window.ticks = []; window.on = true; (function tick(t) { window.ticks.push(t); if (window.on) requestAnimationFrame(tick); })(performance.now()); 0");
  const before = await spent();
  await work(Date.now() + 4000);
  const after = await spent();
  const ticks = JSON.parse(await value("window.on = false, JSON.stringify(window.ticks)"));
  const each = (key) => Math.round(10000 * (after[key] - before[key]) / (ticks.length - 1)) / 10;
  return { perSecond: Math.round(10000 * (ticks.length - 1) / (ticks.at(-1) - ticks[0])) / 10, longest: Math.round(Math.max(...ticks.slice(1).map((t, i) => t - ticks[i]))), page: each("page"), drawing: each("drawing") };
}

const mouse = (type, x, y, more) => call("Input.dispatchMouseEvent", { type, x, y, ...more });
const pause = () => new Promise((r) => setTimeout(r, 16));
const cold = await load(), warm = await load();
const { x, y } = JSON.parse(await value("(() => { const b = document.querySelector('#karte').getBoundingClientRect(); return JSON.stringify({ x: b.left + b.width / 2, y: b.top + b.height / 2 }); })()"));
const pan = await frames(async (end) => {
  await mouse("mousePressed", x, y, { button: "left", clickCount: 1 });
  for (let i = 0; Date.now() < end; i++, await pause()) await mouse("mouseMoved", x + 200 * Math.sin(i / 20), y + 120 * Math.sin(i / 13), { button: "left", buttons: 1 });
  await mouse("mouseReleased", x, y, { button: "left", clickCount: 1 });
});
const zoom = await frames(async (end) => {
  for (let i = 0; Date.now() < end; i++, await pause()) await mouse("mouseWheel", x, y, { deltaX: 0, deltaY: Math.floor(i / 60) % 2 ? 30 : -30 });
});
const trial = await value(`new Promise((done) => {
  const box = document.querySelector('#massnahmen-liste input'), figures = document.querySelector('#zahlen');
  if (!box) return done(null);
  const began = performance.now();
  new MutationObserver(() => done(Math.round(performance.now() - began))).observe(figures, { childList: true });
  box.click();
})`);
const renderer = await value("(() => { const gl = document.createElement('canvas').getContext('webgl2'); return gl?.getParameter(gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER); })()");
console.log(JSON.stringify({ cold, warm, pan, zoom, trial, renderer }));
await ask("Browser.close", {});
await ended;
rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
process.exit(0);
