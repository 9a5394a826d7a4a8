const everyMilliseconds = 2000;

/** Most pictures of the camera that may wait; a slow network must not fill the memory. */
const mostWaiting = 10;

/** The camera: single pictures, or one every two seconds. */
export class Camera {
  #parts;
  #take;
  #waiting;
  #stream;
  #timer;

  /**
   * @param parts - {video, on, take, stream, note}: elements of the page.
   * @param take - gets each picture as a file and its name.
   * @param waiting - how many images wait.
   */
  constructor(parts, take, waiting) {
    this.#parts = parts;
    this.#take = take;
    this.#waiting = waiting;
    parts.on.addEventListener("click", () => (this.#stream === undefined ? this.#start() : this.stop()));
    parts.take.addEventListener("click", () => this.#picture());
    parts.stream.addEventListener("click", () => this.#every(this.#timer === undefined));
    addEventListener("pagehide", () => this.stop());
  }

  stop() {
    this.#every(false);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#show("");
  }

  async #start() {
    const { video } = this.#parts;
    try {
      if (navigator.mediaDevices === undefined) throw new Error("browsers give the camera to HTTPS pages alone");
      this.#stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
      });
      video.srcObject = this.#stream;
      await video.play();
      this.#show("The camera is on.");
    } catch (error) {
      this.stop();
      this.#show(`The camera could not be used: ${error.message}`);
    }
  }

  #show(note) {
    const { video, on, take, stream } = this.#parts;
    const isOn = this.#stream !== undefined;
    video.hidden = !isOn;
    on.setAttribute("aria-pressed", String(isOn));
    take.disabled = !isOn;
    stream.disabled = !isOn;
    this.#note(note);
  }

  #note(note) {
    this.#parts.note.textContent = note;
  }

  #every(start) {
    clearInterval(this.#timer);
    this.#timer = start ? setInterval(() => this.#picture(), everyMilliseconds) : undefined;
    this.#parts.stream.setAttribute("aria-pressed", String(start));
    if (start) this.#picture();
  }

  #picture() {
    const { video } = this.#parts;
    if (this.#waiting() >= mostWaiting) return this.#note("Too many images wait; this picture was left out.");
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    const name = `camera-${new Date().toISOString().replaceAll(":", "-")}.jpg`;
    canvas.toBlob((blob) => blob && this.#take(blob, name), "image/jpeg", 0.9);
  }
}
