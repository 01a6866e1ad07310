// Sound and vibration, off until the person at the desk wants them; remembered on this device.
const KEY = "checkin-loud";

export const loud = () => localStorage.getItem(KEY) === "yes";

export function setLoud(wanted) {
  localStorage.setItem(KEY, wanted ? "yes" : "no");
  if (wanted) signal("found");
}

const NOTES = { found: [880, 80], good: [1175, 120], bad: [220, 350], wait: [523, 200] };
let air = null;

export function signal(kind) {
  if (!loud()) return;
  const [pitch, length] = NOTES[kind];
  navigator.vibrate?.(length);
  air ??= new AudioContext();
  const tone = air.createOscillator();
  tone.frequency.value = pitch;
  tone.connect(air.destination);
  tone.start();
  tone.stop(air.currentTime + length / 1000);
}
