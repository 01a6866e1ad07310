// The camera: the browser's own reader of codes where there is one, else a small decoder that is loaded when first needed.
const PAUSE = 120; // milliseconds between two looks: quick for the hand, easy on the battery
const AGAIN = 2500; // the same code held before the camera counts once
const WIDEST = 800;

async function native() {
  if (!("BarcodeDetector" in window)) return null;
  const known = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!known.includes("qr_code")) return null;
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
}

async function own(address) {
  await import(address);
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const share = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * share);
    canvas.height = Math.round(video.videoHeight * share);
    paper.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = paper.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? "";
  };
}

export class Scanner {
  constructor(decoder, found) {
    Object.assign(this, { decoder, found, seen: "", seenAt: 0, filming: false, blind: false });
  }

  // On or off; blind where the browser or the person refused the camera. video: answers the element once drawn.
  async toggle(draw, video) {
    if (this.filming) this.stop();
    Object.assign(this, { filming: !this.filming, blind: false });
    draw();
    if (!this.filming) return;
    try {
      await this.start(video());
    } catch {
      this.stop();
      Object.assign(this, { filming: false, blind: true });
      draw();
    }
  }

  async start(video) {
    this.read ??= (await native()) ?? (await own(this.decoder));
    const wish = { facingMode: { ideal: "environment" }, width: { ideal: 1280 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
    video.srcObject = this.stream;
    await video.play();
    this.video = video;
    this.look();
  }

  async look() {
    if (!this.stream) return;
    if (!this.paused && this.video.readyState >= 2) {
      const text = await this.read(this.video).catch(() => "");
      const now = Date.now();
      if (text && (text !== this.seen || now - this.seenAt > AGAIN)) this.found(text);
      if (text) Object.assign(this, { seen: text, seenAt: now });
    }
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }
}
