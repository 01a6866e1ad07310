// Signing out of a shared device: refused while something is unsent, and afterwards neither data nor page of it stays here.
//
//   guardSignOut(form, { desk, outbox, disk, held: () => … });
// desk: gets `left`, after which it asks and writes nothing, and `gone` where another tab has signed out (then `tell()`);
// its `timer` is stopped. disk: { leave(): empties it, over(): only lets go of it }. held: tells the person why not.
import { forgetShells } from "./shell.js";

function close(desk) {
  desk.left = true;
  clearTimeout(desk.timer);
}

async function leave({ desk, outbox, disk }) {
  await outbox.drain();
  if (!(await outbox.leave())) return false;
  close(desk);
  await disk.leave();
  await forgetShells();
  return true;
}

function over({ desk, disk }) {
  close(desk);
  desk.gone = true;
  disk.over();
  desk.tell();
}

export function guardSignOut(form, parts) {
  let leaving = false;
  form.addEventListener("submit", async (event) => {
    if (form.dataset.left === "yes") return;
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    const left = await leave(parts).finally(() => { leaving = false; });
    if (!left) return parts.held();
    form.dataset.left = "yes";
    form.requestSubmit();
  });
  parts.outbox.addEventListener("left", () => over(parts));
  if (parts.outbox.left) over(parts);
}
