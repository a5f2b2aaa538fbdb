package shop;

public record Item(String name, int price) {
  enum Kind { CHEAP, DEAR }

  Kind kind() { return price < 10 ? Kind.CHEAP : Kind.DEAR; }
}
