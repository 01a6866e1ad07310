// A quick sideways stroke of one finger: `turned(1)` to the left (next), `turned(-1)` to the right.
const FAR = 80;
const QUICK = 600;

export function onSwipe(element, turned) {
  let start = null;
  element.addEventListener("touchstart", (event) => {
    const scrolls = event.target.closest(".jd-works, dialog, input, textarea");
    const [touch] = event.touches;
    start = scrolls || event.touches.length > 1 ? null : { x: touch.clientX, y: touch.clientY, at: event.timeStamp };
  }, { passive: true });
  element.addEventListener("touchend", (event) => {
    if (!start) return;
    const [touch] = event.changedTouches;
    const [across, down] = [touch.clientX - start.x, touch.clientY - start.y];
    if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(down) && event.timeStamp - start.at < QUICK) {
      turned(across < 0 ? 1 : -1);
    }
    start = null;
  }, { passive: true });
}
