// The service worker of every page: it keeps the pages named in SHELLS with all they load, and hands them out when no server
// answers. Network first, always: what it keeps is only for the moment without a line. The API is never answered from here.
//
// One cache per page, `shell /its/path/`. A page asks to be kept (shell.js); signing out forgets all of them.
const PATIENCE = 4000; // a server that hangs is no better than none
const SHORT = 10000; // after a lost request, this long what is kept comes first
const AWAY = new Set([502, 503, 504]); // the proxy answers, nobody behind it does
const LOOSE = { ignoreVary: true, ignoreSearch: true };
const patterns = self.SHELLS.map((source) => new RegExp(source));
let lostUntil = 0;

const isShell = (path) => patterns.some((pattern) => pattern.test(path));
const nameOf = (path) => `shell ${path}`;
const own = (address) => new URL(address, self.location.origin);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function forget() {
  const names = (await caches.keys()).filter((name) => name.startsWith("shell "));
  await Promise.all(names.map((name) => caches.delete(name)));
}

// The page and everything it has loaded; what it loads no more is thrown away.
async function keep(path, assets) {
  const wanted = assets.map(own).filter((url) => url.origin === self.location.origin && url.pathname.startsWith("/static/"));
  const fresh = await Promise.all([own(path), ...wanted].map(async (url) => {
    const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-cache" }); // none of an older version
    if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
    return [url.pathname, answer];
  }));
  const cache = await caches.open(nameOf(path));
  for (const [name, answer] of fresh) await cache.put(name, answer);
  const names = new Set(fresh.map(([name]) => name));
  for (const old of await cache.keys()) if (!names.has(new URL(old.url).pathname)) await cache.delete(old);
}

// Answers "kept" only when everything is on the disk; a page that could not be kept is asked for again by its next load.
self.addEventListener("message", (event) => {
  const { keep: path, assets = [], forget: all } = event.data ?? {};
  const work = all ? forget() : path && isShell(path) ? keep(path, assets) : null;
  const done = (answer) => event.ports[0]?.postMessage(answer);
  if (work) event.waitUntil(work.then(() => done("kept"), (error) => done(String(error))));
});

async function fromNetwork(request) {
  let timer = null;
  const patience = new Promise((_, tooLong) => { timer = setTimeout(() => tooLong(new Error("no answer")), PATIENCE); });
  try {
    const answer = await Promise.race([fetch(request), patience]);
    if (AWAY.has(answer.status)) throw new Error(`status ${answer.status}`);
    lostUntil = 0;
    return answer;
  } catch (error) {
    lostUntil = Date.now() + SHORT;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function answer(request, path, cacheName) {
  const kept = async () => (await caches.match(path, { ...LOOSE, cacheName })) ?? null;
  const held = await kept();
  if (!held) return fetch(request);
  if (Date.now() < lostUntil && request.mode !== "navigate") return held;
  try {
    return await fromNetwork(request);
  } catch {
    return held;
  }
}

// An asset belongs to the page that asks for it: other pages are none of the worker's business.
async function asset(event, path) {
  const client = event.clientId ? await self.clients.get(event.clientId) : null;
  const page = client && new URL(client.url).pathname;
  return page && isShell(page) ? answer(event.request, path, nameOf(page)) : fetch(event.request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === "/sign-out/") event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && isShell(url.pathname)) {
    event.respondWith(answer(request, url.pathname, nameOf(url.pathname)));
  } else if (request.mode !== "navigate" && url.pathname.startsWith("/static/")) {
    event.respondWith(asset(event, url.pathname));
  }
});
