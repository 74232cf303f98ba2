// What a page shows, on paper.
export function print() {
  window.print();
}
