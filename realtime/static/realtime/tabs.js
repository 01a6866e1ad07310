// Tabs of one browser that work on the same kept things: one of them at a time, and each hears what the others did.
//
//   const tabs = new Tabs("outbox-…", (message) => …);   what another tab has said
//   await tabs.inTurn(async () => …);   tabs.say(message);   tabs.close();
// A tab that is closed in its turn passes it on at once. Without a secure address browsers grant no turns: there two tabs
// may send the same thing side by side, and the server counts it once by its id.
import { deleteDB } from "../vendor/idb/index.js";

const LONGEST = 60000; // no turn is meant to last so long: its tab sleeps, for example in a pocket
const DELETING = 2000;

export const inTurns = Boolean(navigator.locks);

export class Tabs {
  constructor(name, heard) {
    this.name = name;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }) => heard(data);
  }

  say(message) {
    this.channel.postMessage(message);
  }

  async inTurn(run, longest = LONGEST) {
    if (!inTurns) return run();
    let begun = false;
    const once = () => {
      begun = true;
      return run();
    };
    try {
      return await navigator.locks.request(this.name, { signal: AbortSignal.timeout(longest) }, once);
    } catch (error) {
      if (begun) throw error;
      return navigator.locks.request(this.name, { steal: true }, once);
    }
  }

  close() {
    this.channel.close();
  }
}

// Empties and deletes a database. Another tab that sleeps may hold it open: its name then goes when that tab wakes.
export async function wipe(db) {
  const { name, objectStoreNames: stores } = db;
  await Promise.all([...stores].map((store) => db.clear(store)));
  db.close();
  await Promise.race([deleteDB(name), new Promise((done) => setTimeout(done, DELETING))]);
}
