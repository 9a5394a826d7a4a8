import type { ImageFeatures } from "../contract/process";
import { exifTags, type TagValue } from "./exif-tags";

/** What the camera wrote down about the moment. */
export type Exposure = Pick<ImageFeatures, "capturedAt" | "exposureSeconds" | "fNumber" | "isoSpeed">;

/** CIPA DC-008-2023, tables of 4.6.5 to 4.6.7. */
const tags = { exposureTime: 0x829a, fNumber: 0x829d, sensitivity: 0x8827, taken: 0x9003, zone: 0x9011 } as const;

/** "65535 or higher" by the standard, so the number is not known. */
const SENSITIVITY_UNKNOWN = 65_535;

/**
 * Reads time and exposure out of an EXIF block, and nothing else: no place, no names. Whatever is missing, broken or
 * impossible is null; a broken block is no reason to refuse a picture.
 */
export function exposureOf(block: Uint8Array | undefined): Exposure {
  const found = block === undefined ? new Map<number, TagValue>() : exifTags(block, Object.values(tags));
  const sensitivity = number(found.get(tags.sensitivity), 1, SENSITIVITY_UNKNOWN - 1);
  return {
    capturedAt: capturedAt(found.get(tags.taken), found.get(tags.zone)),
    exposureSeconds: number(found.get(tags.exposureTime), 1e-7, 86_400),
    fNumber: number(found.get(tags.fNumber), 0.1, 1000),
    isoSpeed: sensitivity,
  };
}

/** Seven digits: 1/8000 s stays 0.000125, and a third of a second does not fill the line. */
function number(value: TagValue | undefined, least: number, most: number): number | null {
  return typeof value === "number" && value >= least && value <= most ? Number(value.toPrecision(7)) : null;
}

function capturedAt(taken: TagValue | undefined, zone: TagValue | undefined): string | null {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)\s*$/.exec(String(taken));
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // 31 April and 25:61 become another instant, or none.
  const instant = new Date(`${local}Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 19) !== local) return null;
  return local + (/^[+-](?:0\d|1[0-4]):[0-5]\d$/.exec(String(zone).trim())?.[0] ?? "");
}
