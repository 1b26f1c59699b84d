// Pictures for the documents, small enough for the repository.
import UPNG from "upng-js";

const MOST = 150 * 1024;

/** The picture with as many colours as its size allows. */
export function small(png) {
  const image = UPNG.decode(png);
  const frames = UPNG.toRGBA8(image);
  for (const colours of [256, 128, 64, 32]) {
    const out = Buffer.from(UPNG.encode(frames, image.width, image.height, colours));
    if (out.length <= MOST) return out;
  }
  throw new Error("a picture is too large even with 32 colours");
}
