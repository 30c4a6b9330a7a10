// Which clients are tried.

export const PYMONGO_VERSION = '4.20.1';
export const MONGOSH_VERSION = '2.12.0';
/** Release 100.10.0, whose tags are none that Go's modules know. */
export const TOOLS_VERSION = 'v0.0.0-20240723193119-837c2bc263f4';
