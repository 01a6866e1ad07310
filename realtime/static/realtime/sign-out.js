// Signing out of a shared device: refused while something is unsent or no server answers (it alone can end the sign-in), and
// afterwards neither data nor page of it stays here.
//
//   guardSignOut(form, { desk, outbox, disk, held: (why) => … });
// desk: gets `left`, after which it asks and writes nothing, and `gone` where another tab has signed out (then `tell()`);
// its `timer` is stopped. disk: { leave(): empties it, over(): only lets go of it }. held: tells the person why not,
// "unsent" or "offline".
import { forgetShells } from "./shell.js";

const PATIENCE = 8000;

function answers() {
  const asked = fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  return asked.then((answer) => answer.ok, () => false);
}

function close(desk) {
  desk.left = true;
  clearTimeout(desk.timer);
}

// Why not, "" where everything is gone from here.
async function leave({ desk, outbox, disk }) {
  await outbox.drain();
  if ((await outbox.counts()).kept) return "unsent";
  if (!(await answers())) return "offline";
  if (!(await outbox.leave())) return "unsent";
  close(desk);
  await disk.leave();
  await forgetShells();
  return "";
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
    const why = await leave(parts).finally(() => { leaving = false; });
    if (why) return parts.held(why);
    form.dataset.left = "yes";
    window.addEventListener("pageshow", () => over(parts)); // the way back shows nobody's name
    form.requestSubmit();
  });
  parts.outbox.addEventListener("left", () => over(parts));
  if (parts.outbox.left) over(parts);
}
