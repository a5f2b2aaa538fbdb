exports.double = function (x) { return x * 2 }

class Counter {
  #count = 0
  next() { return ++this.#count }
}

exports.Counter = Counter
