// Stands in for jquery and lumino's panels: only widget *views* use them, and this page draws its
// widgets without those (see anywidget.js).
export class Widget {}
export class Panel {}
export const MessageLoop = {};
export default function nothing() {
  throw new Error("not part of this page");
}
