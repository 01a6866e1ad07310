// What this seat has loaded, on the tablet's disk: a lost line does not stop the scoring of loaded sheets.
import { wipe } from "../realtime/tabs.js";
import { openDB } from "../vendor/idb/index.js";

export async function openCache(seat) {
  const db = await openDB(`desk-${seat}`, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("sheets", { keyPath: "uid" });
      fresh.createObjectStore("facts");
    },
    blocking: (was, wanted, event) => event.target.close(), // another tab signs out
  });
  return {
    sheets: () => db.getAll("sheets"),
    keepSheet: (sheet) => db.put("sheets", sheet),
    fact: (name) => db.get("facts", name),
    keepFact: (name, value) => db.put("facts", value, name),
    leave: () => wipe(db),
    over: () => db.close(),
  };
}
