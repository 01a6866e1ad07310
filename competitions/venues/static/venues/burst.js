// What a hand scanner has typed so far, read from its keys: under a Chinese input method a key says only which one it is.
import { PREFIX } from "./doors.js";

const GAP = 500; // milliseconds: a longer pause is a person's
const LONGEST = 200;
const PLAIN = /^[ -~]$/;
const PHYSICAL = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/;
const SIGNS = { Semicolon: [";", ":"], Minus: ["-", "_"] };

// The input method has taken the key, or turned it into a sign of its own (：).
export const byMethod = (event) => event.isComposing || event.keyCode === 229 || (event.key.length === 1 && !PLAIN.test(event.key));

function physical({ code, shiftKey }) {
  const [, letter, digit] = PHYSICAL.exec(code) ?? [];
  return letter ?? (shiftKey ? undefined : digit) ?? SIGNS[code]?.[Number(shiftKey)] ?? "";
}

export class Burst {
  constructor() {
    this.reset();
    this.at = -Infinity;
  }

  reset() {
    Object.assign(this, { text: "", before: [], method: false });
  }

  fresh(event) {
    return event.timeStamp - this.at <= GAP;
  }

  // One more key, and what stood in its field before it.
  add(event, field) {
    const sign = PLAIN.test(event.key) ? event.key : physical(event);
    if (!sign) return;
    if (!this.fresh(event) || this.text.length >= LONGEST) this.reset();
    this.at = event.timeStamp;
    this.text += sign;
    this.before.push({ field, value: field?.value });
    this.method ||= byMethod(event);
  }

  // Where the code begins, -1 where none has begun.
  get start() {
    return this.text.toUpperCase().lastIndexOf(PREFIX);
  }
}
