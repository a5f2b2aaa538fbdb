const assert = require("assert")
const { double } = require("./util")

function check() { assert.equal(double(2), 4) }

module.exports = { check, twice: (x) => double(double(x)) }
