/// Sources that nest without end, of languages that share them.
package enum NestedSources {
  package static let c = [
    String(repeating: "(", count: 100_000), String(repeating: "{", count: 100_000),
    "int x = " + String(repeating: "f(", count: 100_000),
    "int f(void) { " + String(repeating: "a->b().", count: 50_000) + "c; }",
    String(repeating: "struct {", count: 50_000), "int " + String(repeating: "*", count: 50_000) + "p;",
  ]
}
