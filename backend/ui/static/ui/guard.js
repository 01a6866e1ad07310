// <form data-guard="outbox" data-held="…">: signing out waits while this browser still holds something unsent, and takes
// with it what a page had kept here. A page with an open outbox guards its own form; this is for all other pages.
const opened = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function unsentIn(name) {
  const db = await opened(indexedDB.open(name));
  try {
    if (!db.objectStoreNames.contains("items")) return 0;
    return await opened(db.transaction("items").objectStore("items").index("state").count("kept"));
  } finally {
    db.close();
  }
}

async function named(...starts) {
  const all = (await indexedDB.databases?.()) ?? [];
  return all.map(({ name }) => name).filter((name) => starts.some((start) => name.startsWith(start)));
}

function say(form) {
  const card = document.createElement("div");
  card.className = "toast-card toast-warning";
  card.append(Object.assign(document.createElement("p"), { textContent: form.dataset.held }));
  document.getElementById("toasts")?.replaceChildren(card);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.guard !== "outbox" || form.dataset.left === "yes" || event.defaultPrevented) return;
  event.preventDefault();
  const counts = await Promise.all((await named("outbox-")).map(unsentIn));
  if (counts.some((count) => count > 0)) return say(form);
  for (const name of await named("outbox-", "desk-")) indexedDB.deleteDatabase(name);
  for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith("shell ")) await caches.delete(name);
  form.dataset.left = "yes";
  form.requestSubmit();
});
