export interface Item { name: string; price: number }

export abstract class Store<T extends Item> {
  protected items: T[] = []
  abstract load(): Promise<void>
  add(item: T): void { this.items.push(item) }
  find(name: string): T | undefined { return this.items.find((item) => item.name === name) }
}

export class MemoryStore extends Store<Item> {
  async load() { this.add({ name: "pen", price: 2 }) }
}

export const makeStore = (): MemoryStore => new MemoryStore()
