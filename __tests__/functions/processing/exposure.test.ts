import fc from "fast-check";
import sharp from "sharp";
import { process } from "../../../functions/processing";
import { exposureOf } from "../../../functions/processing/exposure";
import { context, phonePhoto, twoHalves } from "../images";

const unknown = { capturedAt: null, exposureSeconds: null, fNumber: null, isoSpeed: null };

/** A picture whose camera wrote `tags` into its Exif directory. */
const photo = (tags: Readonly<Record<string, string>>, format: "jpeg" | "png" | "webp" | "avif" = "jpeg") =>
  twoHalves(40, 30)[format]().withExif({ IFD2: tags }).toBuffer();

const featuresOf = async (bytes: Uint8Array) => (await process({ bytes, id: "a", name: "a" }, context)).features;

const exposure = async (tags: Readonly<Record<string, string>>) =>
  exposureOf((await sharp(await photo(tags)).metadata()).exif);

/** An EXIF block of one Exif directory, written by hand: tag, type, count, value or place. */
function block(entries: readonly (readonly [number, number, number, number])[], data = Buffer.alloc(0)): Buffer {
  const directory = Buffer.alloc(32 + entries.length * 12 + 4);
  directory.write("Exif\0\0II*\0", "latin1");
  directory.writeUInt32LE(8, 10);
  directory.writeUInt16LE(1, 14);
  directory.writeUInt16LE(0x8769, 16);
  directory.writeUInt16LE(4, 18);
  directory.writeUInt32LE(1, 20);
  directory.writeUInt32LE(24, 24);
  directory.writeUInt16LE(entries.length, 30);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 32 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([directory, data]);
}

it.each(["jpeg", "png", "webp", "avif"] as const)("time and exposure are read out of a %s", async (format) => {
  const tags = {
    DateTimeOriginal: "2024:05:01 12:00:00",
    OffsetTimeOriginal: "+02:00",
    ExposureTime: "1/125",
    FNumber: "28/10",
    ISOSpeedRatings: "400",
  };
  expect(await featuresOf(await photo(tags, format))).toMatchObject({
    capturedAt: "2024-05-01T12:00:00+02:00",
    exposureSeconds: 0.008,
    fNumber: 2.8,
    isoSpeed: 400,
  });
});

it("a camera that knows no zone gives local time", async () => {
  expect(await exposure({ DateTimeOriginal: "2023:12:31 23:59:59" })).toEqual({
    ...unknown,
    capturedAt: "2023-12-31T23:59:59",
  });
});

it("a picture without EXIF has null for all of it", async () => {
  expect(await featuresOf(await twoHalves(40, 30).png().toBuffer())).toMatchObject(unknown);
});

it.each([
  ["0000:00:00 00:00:00"],
  ["2023:02:30 10:00:00"],
  ["2023:01:01 25:00:00"],
  ["    :  :     :  :  "],
  ["yesterday, about noon"],
])("a time that never was is null: %s", async (text) => {
  expect((await exposure({ DateTimeOriginal: text })).capturedAt).toBeNull();
});

it("a zone that is none is left out", async () => {
  const tags = { DateTimeOriginal: "2024:05:01 12:00:00", OffsetTimeOriginal: "+99:00" };
  expect((await exposure(tags)).capturedAt).toBe("2024-05-01T12:00:00");
});

it("numbers that cannot be are null: no time, no aperture, a sensitivity that the standard calls unknown", () => {
  const data = Buffer.alloc(16);
  data.writeUInt32LE(1, 0);
  const at = 26 + 3 * 12 + 4;
  const entries = [
    [0x829a, 5, 1, at],
    [0x829d, 5, 1, at + 8],
    [0x8827, 3, 1, 65_535],
  ] as const;
  expect(exposureOf(block(entries, data))).toEqual(unknown);
});

it("values of another type, beyond the block's end or without end are null", () => {
  const entries = [
    [0x829a, 2, 4, 0x31],
    [0x829d, 5, 1, 0xffff_fff0],
    [0x8827, 3, 0xffff_ffff, 14],
    [0x9003, 7, 20, 14],
  ] as const;
  expect(exposureOf(block(entries))).toEqual(unknown);
});

it("a block whose every entry names all of it is read like any other", () => {
  const entries = Array.from({ length: 5000 }, (_, index) => [0x9000 + (index % 4096), 1, 60_000, 0] as const);
  expect(exposureOf(block(entries))).toEqual(unknown);
});

it("whatever the block holds, the answer is values in range or null", () => {
  const broken = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([Buffer.from("Exif\0\0MM\0*\0\0\0\x08"), bytes])),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.concat([block([[0x829a, 5, 1, 40]]), bytes])),
  );
  fc.assert(
    fc.property(broken, (bytes) => {
      const { capturedAt, exposureSeconds, fNumber, isoSpeed } = exposureOf(bytes);
      expect(capturedAt === null || typeof capturedAt === "string").toBe(true);
      for (const value of [exposureSeconds, fNumber, isoSpeed]) expect(value === null || value > 0).toBe(true);
    }),
  );
});

it("a picture with a broken EXIF block is processed", async () => {
  const jpeg = await twoHalves(40, 30).jpeg().toBuffer();
  const garbage = Buffer.concat([Buffer.from("Exif\0\0II*\0"), Buffer.alloc(100, 0xff)]);
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, garbage.length + 2]), garbage]);
  const bytes = Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
  expect(await featuresOf(bytes)).toMatchObject({ ...unknown, width: 40 });
});

it("where a photograph was taken is not among its features", async () => {
  const text = JSON.stringify(await featuresOf(await phonePhoto()));
  expect(text).not.toMatch(/gps|latitude|longitude|phone|52[.,]|13[.,]4/i);
});
