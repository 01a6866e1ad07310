// What this seat has loaded, on the tablet's disk: a lost line does not stop the scoring of loaded sheets.
import { deleteDB, openDB } from "../vendor/idb/index.js";

export async function openCache(seat) {
  const db = await openDB(`desk-${seat}`, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("sheets", { keyPath: "uid" });
      fresh.createObjectStore("facts");
    },
  });
  return {
    sheets: () => db.getAll("sheets"),
    keepSheet: (sheet) => db.put("sheets", sheet),
    fact: (name) => db.get("facts", name),
    keepFact: (name, value) => db.put("facts", value, name),
    async leave() {
      db.close();
      await deleteDB(`desk-${seat}`);
    },
  };
}
