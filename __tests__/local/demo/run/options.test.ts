import { parseStartOptions } from "../../../../local/demo/run/options";

it("stays up, keeps what is there and writes no JSON unless asked", () => {
  expect(parseStartOptions([])).toEqual({ once: false, fresh: false, json: false });
});

it("takes every option", () => {
  expect(parseStartOptions(["--once", "--fresh", "--json", "--port", "4321"])).toEqual({
    once: true,
    fresh: true,
    json: true,
    port: 4321,
  });
});

it.each([
  [["--onec"], "unknown option '--onec'\n(Did you mean --once?)\nSee: npm start -- --help"],
  [["now"], "too many arguments. Expected 0 arguments but got 1.\nSee: npm start -- --help"],
  [["--port"], "option '--port <number>' argument missing\nSee: npm start -- --help"],
  [
    ["--port", "0"],
    "option '--port <number>' argument '0' is invalid. Expected a port from 1 to 65535, but got 0.\nSee: npm start -- --help",
  ],
  [
    ["--port", "8e3"],
    "option '--port <number>' argument '8e3' is invalid. Expected a port from 1 to 65535, but got 8e3.\nSee: npm start -- --help",
  ],
])("refuses %j in words", (args, message) => {
  expect(() => parseStartOptions(args)).toThrow(message);
});
