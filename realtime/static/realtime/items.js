// The items of an outbox on the disk: kept until the server has answered, refused until the person has read why.
import { openDB } from "../vendor/idb/index.js";

const STORE = "items";

// blocking: called when another tab wants to delete the database; it must be closed then.
export async function openItems(name, blocking) {
  return new Items(await openDB(name, 1, {
    upgrade(fresh) {
      const store = fresh.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
      store.createIndex("client_id", "client_id", { unique: true });
      store.createIndex("state", "state");
    },
    blocking,
  }));
}

class Items {
  constructor(db) {
    this.db = db;
  }

  add(item) {
    return this.db.add(STORE, item);
  }

  of(state) {
    return this.db.getAllFromIndex(STORE, "state", state);
  }

  async counts() {
    const [kept, refused] = await Promise.all(["kept", "refused"].map((state) => this.db.countFromIndex(STORE, "state", state)));
    return { kept, refused };
  }

  async remove(clientId) {
    const order = await this.db.getKeyFromIndex(STORE, "client_id", clientId);
    if (order !== undefined) await this.db.delete(STORE, order);
  }

  // Writes down what the server has answered about these items. What another tab has settled meanwhile stays as it is.
  // Answers the verdicts that changed something, each with its item.
  async settle(items, verdicts) {
    const byId = new Map(verdicts.map((verdict) => [verdict.client_id, verdict]));
    const answered = items.filter((item) => byId.has(item.client_id));
    if (!answered.length) throw new Error("no verdicts");
    const write = this.db.transaction(STORE, "readwrite");
    const settled = [];
    for (const item of answered) {
      const verdict = byId.get(item.client_id);
      if ((await write.store.get(item.order))?.state !== "kept") continue;
      settled.push({ ...verdict, item });
      if (verdict.verdict !== "refused") write.store.delete(item.order);
      else write.store.put({ ...item, state: "refused", code: verdict.code, message: verdict.message });
    }
    await write.done;
    return settled;
  }

  // Empties the disk in one step, so that nothing can be put in between. False = something is still kept, and all stays.
  async clear() {
    const write = this.db.transaction(STORE, "readwrite");
    const kept = await write.store.index("state").count("kept");
    if (!kept) write.store.clear();
    await write.done;
    return !kept;
  }

  close() {
    this.db.close();
  }
}
