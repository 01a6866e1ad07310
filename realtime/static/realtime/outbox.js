// What a person has done and the server has not yet answered: kept in IndexedDB, sent when there is a line.
//
//   const outbox = await openOutbox("marks-<seat uid>", { send: async (items) => verdicts });
//   await outbox.put({ client_id, ...anything });     resolves when the item is on the disk: it may be shown as kept
//   await outbox.pending(); await outbox.refused(); await outbox.drain();
//   outbox.addEventListener("change", ({ detail }) => …);   { kept, refused, sending, failures, verdicts }
// `send` gets the oldest kept items (at most `batch`) and answers one verdict per item:
// { client_id, verdict: "taken" | "known" | "refused", code, message }. When it throws, everything stays kept and is
// tried again; an item without a verdict stays kept as well. An error with `stop = true` (signed out) stops the retries.
//
// All tabs of a browser share one outbox: they send in turns (tabs.js), each hears every verdict (with its `item`), another
// tab's `put` comes as a "put" event with the item, and "left" says that another tab has signed out: this one is over.
import { newId } from "./ids.js";
import { openItems } from "./items.js";
import { inTurns, Tabs } from "./tabs.js";

const OTHERS = 5000; // milliseconds for another tab to send its own, where tabs cannot take turns

export async function openOutbox(name, options) {
  let outbox = null; // a page without an outbox of its own may sign out too (ui/guard.js): it deletes the database
  const items = await openItems(`outbox-${name}`, () => outbox?.over());
  outbox = new Outbox(items, name, options);
  return outbox;
}

class Outbox extends EventTarget {
  constructor(items, name, { send, batch = 50, first = 1000, longest = 30000 }) {
    super();
    Object.assign(this, { items, send, batch, first, longest, failures: 0, sending: false, timer: null, left: false });
    this.tabs = new Tabs(`outbox-${name}`, (message) => this.hear(message));
    this.onLine = () => this.drain();
    window.addEventListener("online", this.onLine);
    this.drain();
  }

  async put(item) {
    const kept = { ...item, client_id: item.client_id ?? newId(), state: "kept", kept_at: Date.now() };
    await this.items.add(kept);
    this.tabs.say({ put: kept });
    await this.tell();
    this.drain();
    return kept.client_id;
  }

  pending() {
    return this.left ? [] : this.items.of("kept");
  }

  refused() {
    return this.left ? [] : this.items.of("refused");
  }

  // The person has read why an item was refused.
  async dismiss(clientId) {
    await this.items.remove(clientId);
    this.tabs.say({});
    await this.tell();
  }

  // What another tab did. It may be closed before it has sent what it put: this one then sends it in its turn.
  async hear({ put, verdicts = [], left }) {
    if (left) return this.over();
    if (put) this.dispatchEvent(new CustomEvent("put", { detail: put }));
    await this.tell(verdicts);
    if (put && inTurns) this.drain();
    else if (put) this.timer ??= setTimeout(() => this.drain(), OTHERS);
  }

  async drain() {
    if (this.sending || this.left) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.sending = true;
    try {
      while (await this.tabs.inTurn(() => this.sendSome()));
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (!error.stop && !this.left) this.timer = setTimeout(() => this.drain(), this.pause());
    } finally {
      this.sending = false;
      await this.tell();
    }
    // Something was put while the last answer was on its way.
    if (this.failures === 0 && (await this.counts()).kept) this.drain();
  }

  // One batch is one turn. False = nothing is left.
  async sendSome() {
    const items = (await this.pending()).slice(0, this.batch);
    if (!items.length) return false;
    const verdicts = await this.send(items.map(({ order, state, kept_at, ...item }) => item));
    const settled = await this.items.settle(items, verdicts);
    this.tabs.say({ verdicts: settled });
    await this.tell(settled);
    return true;
  }

  // Doubling pauses with jitter, so that fifty tablets do not come back in the same second.
  pause() {
    const longest = Math.min(this.longest, this.first * 2 ** Math.min(this.failures - 1, 10));
    return (longest / 2) * (1 + Math.random());
  }

  async counts() {
    return this.left ? { kept: 0, refused: 0 } : this.items.counts();
  }

  async tell(verdicts = []) {
    if (this.left) return;
    const detail = { ...(await this.counts()), sending: this.sending, failures: this.failures, verdicts };
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }

  // Sign-out: nothing may stay on a shared tablet, and nothing unsent may be lost. False = something is still unsent.
  async leave() {
    if (!this.left && !(await this.items.clear())) return false;
    if (!this.left) this.tabs.say({ left: true });
    this.close();
    return true;
  }

  close() {
    this.left = true;
    clearTimeout(this.timer);
    window.removeEventListener("online", this.onLine);
    this.tabs.close();
    this.items.close();
  }

  over() {
    if (this.left) return;
    this.close();
    this.dispatchEvent(new Event("left"));
  }
}
