import { makeStore, type Item } from "@/store"

/** One line of the list. */
export function Row({ item }: { item: Item }) { return <li>{item.name}</li> }

export const App = () => {
  const store = makeStore()
  const pen = store.find("pen")
  return <ul>{pen && <Row item={pen} />}</ul>
}
