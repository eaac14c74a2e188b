// The engine in a worker: one query after the other, so that the page stays usable, and an end to those that take too
// long or are not wanted any more. A query cannot be stopped from inside; the worker is ended and another one is started.

import { note, readContents, textOf } from "./contents.js";
import { Refused } from "./refused.js";

const GRACE = 400; // ms: a query that nobody waits for is given so long, since a new worker has to load the graph again
const waiting = [];
let current = null;
let timer = 0;
let worker = null;
let loaded = false;

// Does a job of worker.js; gives what it says, or throws Refused or an AbortError.
export function runJob(job, signal) {
  return new Promise((resolve, reject) => {
    const entry = { job, resolve, reject };
    if (signal?.aborted) return leave(entry);
    signal?.addEventListener("abort", () => leave(entry));
    waiting.push(entry);
    return next();
  });
}

function leave(entry) {
  entry.reject(new DOMException("not wanted any more", "AbortError"));
  const place = waiting.indexOf(entry);
  if (place >= 0) waiting.splice(place, 1);
  else if (entry === current) setTimeout(() => entry === current && restart(), GRACE);
}

async function next() {
  if (!worker) return start();
  if (!loaded || current || !waiting.length) return undefined;
  const mine = (current = waiting.shift());
  worker.postMessage(mine.job);
  const { limits } = await readContents();
  if (mine === current)
    timer = setTimeout(() => stop("too_long", { n: limits.seconds }), limits.seconds * 1000);
  return undefined;
}

function start() {
  const address = URL.createObjectURL(new Blob([textOf("worker")], { type: "text/javascript" }));
  loaded = false;
  worker = new Worker(address);
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = (event) => {
    event.preventDefault();
    fail();
  };
  worker.postMessage({ load: { engine: textOf("engine"), graph: textOf("graph") } });
}

function hear(said) {
  if (said.loaded) {
    loaded = true;
    document.documentElement.dataset.store = String(Math.round(performance.now()));
  } else if (said.noEngine) {
    return fail();
  } else if (said.broken) {
    return stop("too_much");
  } else if (said.large) {
    note("too_large").then((line) => current && finish().reject(new Refused(line)));
    return undefined;
  } else if (said.error !== undefined) {
    finish().reject(new Refused(said.error));
  } else {
    finish().resolve(said);
  }
  return next();
}

function finish() {
  clearTimeout(timer);
  const done = current;
  current = null;
  return done;
}

async function stop(reason, values) {
  const ended = current;
  restart();
  ended.reject(new Refused(await note(reason, values)));
}

function restart() {
  worker.terminate();
  worker = null;
  finish();
  start();
}

// Nothing can be asked here; every question is told so.
async function fail() {
  const line = await note("no_engine");
  worker?.terminate();
  const left = [...(current ? [finish()] : []), ...waiting.splice(0)];
  worker = null;
  for (const { reject } of left) reject(new Refused(line));
}

start();
