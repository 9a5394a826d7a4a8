import { rule } from "./rule";

/** RFC 1918, and the range Docker hosts of AWS use themselves (VPC User Guide, "VPC CIDR blocks": do not use 172.17.0.0/16). */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;
const dockers = "172.17.0.0/16";

interface Range {
  readonly first: number;
  readonly size: number;
}

/** A private range that begins at a multiple of its size. */
export const networkRange = rule(["network"], function* ({ network: { cidr } }) {
  const path = ["network", "cidr"];
  if (
    cidr
      .split(/[./]/)
      .slice(0, 4)
      .some((part) => Number(part) > 255 || part !== String(Number(part)))
  ) {
    yield { path, expected: "numbers from 0 to 255, without leading zeros", toDo: "Correct the address." };
    return;
  }
  const { first, size } = rangeOf(cidr);
  const aligned = first - (first % size);
  if (aligned !== first) {
    const toDo = `Write ${addressOf(aligned)}${cidr.slice(cidr.indexOf("/"))}.`;
    yield { path, expected: `a range that begins at a multiple of its ${size} addresses`, toDo };
  }
  if (!privateRanges.some((range) => contains(rangeOf(range), aligned, size))) {
    const expected = `a private range within ${privateRanges.join(", ")}`;
    yield { path, expected, toDo: "Choose another range, for example 10.20.0.0/16." };
  }
  if (contains(rangeOf(dockers), aligned, size)) {
    yield {
      path,
      expected: `a range outside ${dockers}, which notebooks use themselves`,
      toDo: "Choose another range.",
    };
  }
});

function rangeOf(cidr: string): Range {
  const [address = "", bits] = cidr.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first, size: 2 ** (32 - Number(bits)) };
}

const contains = (outer: Range, first: number, size: number): boolean =>
  first >= outer.first && first + size <= outer.first + outer.size;

const addressOf = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
