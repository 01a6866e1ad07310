// A hand scanner is a keyboard in a hurry: it types a code and presses Enter into whatever has the focus, or into nothing.
//
//   listenToWedge(() => document.querySelector("#find"), (text) => …);
// The field that is meant for codes keeps what is typed into it. Everywhere else the code belongs to the desk: it does not
// land in a note, and its Enter presses no button.
import { PREFIX } from "./doors.js";

const GAP = 500; // milliseconds: a longer pause is a person's
const SHORTEST = 4; // fewer keys before Enter are no scanner
const WORDS = "input:not([type=checkbox]):not([type=radio]), textarea";

// The beginning of the code that had reached a note before it was known for one.
function takeBack(field, length) {
  const end = field.selectionEnd;
  field.setRangeText("", end - length, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function listenToWedge(own, heard) {
  let text = "";
  let at = 0;

  function typed(event) {
    text = event.timeStamp - at > GAP ? event.key : text + event.key;
    at = event.timeStamp;
    const start = text.toUpperCase().lastIndexOf(PREFIX);
    if (start < 0 && !event.target.matches("select")) return;
    event.preventDefault(); // a list of sessions would jump to the letter
    if (start < 0) return;
    text = text.slice(start);
    if (text.length === PREFIX.length && event.target.matches(WORDS)) takeBack(event.target, PREFIX.length - 1);
  }

  function ended(event) {
    const [said, fresh] = [text, event.timeStamp - at <= GAP];
    text = "";
    const code = said.toUpperCase().startsWith(PREFIX);
    if (!fresh || said.length < SHORTEST || (event.target.matches(WORDS) && !code)) return;
    event.preventDefault();
    heard(said);
  }

  document.addEventListener("keydown", (event) => {
    if (event.target === own() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Enter" || event.key === "Tab") ended(event);
    else if (event.key.length === 1) typed(event);
  }, true);
}
