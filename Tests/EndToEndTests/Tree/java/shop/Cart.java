package shop;

import java.util.ArrayList;
import java.util.List;

/** What a customer is about to buy. */
public class Cart {
  private final List<Item> items = new ArrayList<>();

  public void add(Item item) { items.add(item); }

  public int total() {
    int sum = 0;
    for (Item item : items) { sum += item.price(); }
    return sum;
  }

  public void add(String name, int price) { add(new Item(name, price)); }

  interface Visitor { void visit(Item item); }

  void each(Visitor visitor) { items.forEach(visitor::visit); }
}
