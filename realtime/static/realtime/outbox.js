// What a person has done and the server has not yet answered: kept in IndexedDB, sent when there is a line.
//
//   const outbox = await openOutbox("marks-<seat uid>", { send: async (items) => verdicts });
//   await outbox.put({ client_id, ...anything });     resolves when the item is on the disk: it may be shown as kept
//   await outbox.pending(); await outbox.refused(); await outbox.drain();
//   outbox.addEventListener("change", ({ detail }) => …);   { kept, refused, sending, failures, verdicts }
// `send` gets the oldest kept items (at most `batch`) and answers one verdict per item:
// { client_id, verdict: "taken" | "known" | "refused", code, message }. When it throws, everything stays kept and is
// tried again; an item without a verdict stays kept as well. An error with `stop = true` (signed out) stops the retries.
import { openDB } from "../vendor/idb/index.js";
import { newId } from "./ids.js";

const STORE = "items";

export async function openOutbox(name, options) {
  const db = await openDB(`outbox-${name}`, 1, {
    upgrade(fresh) {
      const store = fresh.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
      store.createIndex("client_id", "client_id", { unique: true });
      store.createIndex("state", "state");
    },
  });
  return new Outbox(db, name, options);
}

class Outbox extends EventTarget {
  constructor(db, name, { send, batch = 50, first = 1000, longest = 30000 }) {
    super();
    Object.assign(this, { db, name, send, batch, first, longest });
    this.failures = 0;
    this.sending = false;
    this.timer = null;
    this.onLine = () => this.drain();
    window.addEventListener("online", this.onLine);
    this.drain();
  }

  async put(item) {
    const kept = { ...item, client_id: item.client_id ?? newId(), state: "kept", kept_at: Date.now() };
    await this.db.add(STORE, kept);
    await this.tell();
    this.drain();
    return kept.client_id;
  }

  pending() {
    return this.db.getAllFromIndex(STORE, "state", "kept");
  }

  refused() { return this.db.getAllFromIndex(STORE, "state", "refused"); }

  // The person has read why an item was refused.
  async dismiss(clientId) {
    const order = await this.db.getKeyFromIndex(STORE, "client_id", clientId);
    if (order !== undefined) await this.db.delete(STORE, order);
    await this.tell();
  }

  // Only one drain runs at a time, also across tabs of one browser.
  async drain() {
    if (this.sending) return;
    clearTimeout(this.timer);
    this.sending = true;
    try {
      const run = () => this.sendAll();
      await (navigator.locks ? navigator.locks.request(`outbox-${this.name}`, run) : run());
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (!error.stop) this.timer = setTimeout(() => this.drain(), this.pause());
    } finally {
      this.sending = false;
      await this.tell();
    }
    // Something was put while the last answer was on its way.
    if (this.failures === 0 && (await this.db.countFromIndex(STORE, "state", "kept"))) this.drain();
  }

  async sendAll() {
    for (;;) {
      const items = (await this.pending()).slice(0, this.batch);
      if (!items.length) return;
      const verdicts = await this.send(items.map(({ order, state, kept_at, ...item }) => item));
      await this.settle(items, verdicts);
    }
  }

  async settle(items, verdicts) {
    const byId = new Map(verdicts.map((verdict) => [verdict.client_id, verdict]));
    const write = this.db.transaction(STORE, "readwrite");
    let settled = 0;
    for (const item of items) {
      const verdict = byId.get(item.client_id);
      if (!verdict) continue;
      settled += 1;
      if (verdict.verdict === "refused") {
        write.store.put({ ...item, state: "refused", code: verdict.code, message: verdict.message });
      } else {
        write.store.delete(item.order);
      }
    }
    await write.done;
    await this.tell(verdicts);
    if (!settled) throw new Error("no verdicts");
  }

  // Doubling pauses with jitter, so that fifty tablets do not come back in the same second.
  pause() {
    const longest = Math.min(this.longest, this.first * 2 ** Math.min(this.failures - 1, 10));
    return (longest / 2) * (1 + Math.random());
  }

  async counts() {
    const [kept, refused] = await Promise.all(
      ["kept", "refused"].map((state) => this.db.countFromIndex(STORE, "state", state)),
    );
    return { kept, refused };
  }

  async tell(verdicts = []) {
    const detail = { ...(await this.counts()), sending: this.sending, failures: this.failures, verdicts };
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }

  // Sign-out: nothing may stay on a shared tablet, and nothing unsent may be lost. False = something is still unsent.
  async leave() {
    const { kept } = await this.counts();
    if (kept) return false;
    clearTimeout(this.timer);
    window.removeEventListener("online", this.onLine);
    await this.db.clear(STORE);
    return true;
  }

  // Hold a sign-out form back while something is unsent; `held(kept)` tells the person why.
  guard(form, held) {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.left === "yes") return;
      event.preventDefault();
      if (await this.leave()) {
        form.dataset.left = "yes";
        form.requestSubmit();
      } else {
        held((await this.counts()).kept);
        this.drain();
      }
    });
  }
}
