// A hand scanner is a keyboard in a hurry: it types a code and presses Enter into whatever has the focus, or into nothing.
//
//   listenToWedge(() => document.querySelector("#find"), (text) => …);
// The field that is meant for codes keeps what is typed into it. Everywhere else the code belongs to the desk: it does not
// land in a note, and its Enter presses no button. Under a Chinese input method the field gets other signs than were typed:
// there the code is read from the keys themselves, and the field becomes again what it was before the first of them.
import { Burst, byMethod } from "./burst.js";
import { PREFIX } from "./doors.js";

const SHORTEST = 4; // fewer keys before Enter are no scanner
const LATE = 300; // milliseconds in which an input method may still bring its last words
const WORDS = "input:not([type=checkbox]):not([type=radio]), textarea";
const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);

function tell(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// The beginning of the code that had reached a note before it was known for one.
function takeBack(field, length) {
  const end = field.selectionEnd;
  field.setRangeText("", end - length, end, "end");
  tell(field);
}

function restore({ field, value }) {
  const put = () => {
    if (field.value === value) return;
    field.value = value;
    tell(field);
  };
  const late = () => setTimeout(put);
  field.addEventListener("compositionend", late);
  field.blur(); // ends what is being composed
  put();
  setTimeout(() => {
    put();
    field.removeEventListener("compositionend", late);
    if (document.activeElement === document.body) field.focus({ preventScroll: true });
  }, LATE);
}

export function listenToWedge(own, heard) {
  const burst = new Burst();

  function typed(event) {
    const { target } = event;
    burst.add(event, target.matches(WORDS) ? target : null);
    if (target === own() || byMethod(event)) return;
    const { start } = burst;
    if (start < 0 && !target.matches("select")) return;
    event.preventDefault(); // a list of sessions would jump to the letter
    const known = start >= 0 && burst.text.length === start + PREFIX.length;
    if (known && !burst.method && target.matches(WORDS)) takeBack(target, PREFIX.length - 1);
  }

  function ended(event) {
    const { target } = event;
    const { text, start, before, method } = burst;
    const fresh = burst.fresh(event);
    burst.reset();
    if (!fresh || text.length < SHORTEST || (target === own() && !method)) return;
    if (start < 0 && (method || target.matches(WORDS))) return;
    event.preventDefault();
    if (method && before[start].field) restore(before[start]);
    heard(start < 0 ? text : text.slice(start));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (ENDS.has(event.code) || ENDS.has(event.key)) ended(event);
    else typed(event);
  }, true);
}
