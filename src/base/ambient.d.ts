/** What every JavaScript host has although the language's own library does not declare it. Nothing of Node, nothing of the DOM. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
