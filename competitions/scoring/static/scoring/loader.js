// Brings sheets onto the tablet before they are opened: this work and the next ones side by side, all others one by one
// with a pause, so that fifty tablets that open together do not storm the server.
const AT_ONCE = 2;
const NEAR = 3;
const PAUSE = 700;
const AGAIN = 5000;

export class Loader {
  constructor(desk) {
    Object.assign(this, { desk, loading: 0, fetching: new Set() });
  }

  // The next sheet that is missing or older than the desk says; near = in this work or the next ones.
  next() {
    const { works, byUid, current, sheets, failed } = this.desk;
    const here = Math.max(0, works.findIndex((work) => work.uid === byUid?.get(current)?.work));
    const far = new Map(works.map((work, i) => [work.uid, (i - here + works.length) % works.length]));
    let best = null;
    for (const stub of this.desk.stubs.values()) {
      const have = sheets.get(stub.uid);
      const fits = have && have.attempt === stub.attempt && have.state === stub.state;
      if (fits || failed.has(stub.uid) || this.fetching.has(stub.uid)) continue;
      if (!best || far.get(stub.work) < far.get(best.work)) best = stub;
    }
    return best && { uid: best.uid, near: far.get(best.work) < NEAR };
  }

  run() {
    while (this.loading < AT_ONCE && this.desk.line === "on" && !this.desk.left) {
      const found = this.next();
      if (!found || (!found.near && this.loading)) return;
      this.loading += 1;
      this.fetching.add(found.uid);
      this.desk.load(found.uid).finally(() => this.rest(found));
    }
  }

  // A sheet that still does not fit would be asked for at once again: it waits a little.
  rest({ uid, near }) {
    setTimeout(() => this.fetching.delete(uid), AGAIN);
    setTimeout(() => {
      this.loading -= 1;
      this.run();
    }, near ? 0 : PAUSE * (1 + Math.random()));
  }
}
