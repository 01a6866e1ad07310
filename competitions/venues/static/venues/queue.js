// Who was scanned and is not looked at yet: while one person stands before the desk, the next ones wait in their order.
export class Queue {
  // look: the code's { person, card } or null, a promise; ready: called when the next one can be shown.
  constructor(look, ready) {
    Object.assign(this, { look, ready, waiting: [] });
  }

  // False where this card waits already.
  async add(code) {
    if (this.waiting.some((one) => one.code === code)) return false;
    const one = { code, method: "qr", known: false };
    this.waiting.push(one);
    Object.assign(one, await this.look(code), { known: true });
    this.ready();
    return true;
  }

  next() {
    return this.waiting[0]?.known ? this.waiting.shift() : null;
  }
}
