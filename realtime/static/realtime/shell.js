// A page that must open again without a server: it calls `keepShell()` once it stands, its room names it with
// `realtime.offline.shell("^/its/path/$")`, and the worker (worker.js) keeps it. Without a secure address (https, or this
// very machine) browsers grant no worker: `keepShell()` then answers false and the page works as long as it stays open.
const PATIENCE = 20000;

// Everything this page has loaded from here, as the browser counts it.
function loaded() {
  const all = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const here = all.filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"));
  return [...new Set(here.map((url) => url.pathname))];
}

function told(worker, message) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === "kept");
    setTimeout(() => resolve(false), PATIENCE);
    worker.postMessage(message, [port2]);
  });
}

export async function keepShell() {
  if (!navigator.serviceWorker) return false;
  try {
    await navigator.serviceWorker.register("/worker.js", { scope: "/", updateViaCache: "none" });
  } catch {
    return false; // no server just now: the worker that is there goes on
  }
  if (document.readyState !== "complete") await new Promise((done) => window.addEventListener("load", done, { once: true }));
  const { active } = await navigator.serviceWorker.ready;
  return told(active, { keep: location.pathname, assets: loaded() });
}

// Signing out: no page of this person may be left on a shared device.
export async function forgetShells() {
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith("shell ")).map((name) => caches.delete(name)));
}
