// Products of bfloat16 numbers, summed in float32. Where PAIRS_DOT is defined (the sum, plus lane by lane the products of
// the two halves of the 32 bits of a and b) rows and panels hold pairs of halves; elsewhere they hold floats that are
// rounded to bfloat16, so that the same format is computed, slower.

typedef uint32_t wide_bits __attribute__((ext_vector_type(16), aligned(4)));

// To the nearest bfloat16, ties to even, as the upper half of a float.
#define ROUNDED(bits) (((bits) + 0x7fff + ((bits) >> 16 & 1)) & 0xffff0000u)

INLINE uint32_t rounded(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return ROUNDED(bits);
}

#if HAS_PAIRS

static size_t round16_size(size_t columns) { return (columns + 1) / 2 * sizeof(uint32_t); }

static void round16(void *halves, const float *rows, size_t stride, size_t count, size_t columns) {
  typedef uint16_t narrow_bits __attribute__((ext_vector_type(16), aligned(2)));
  for (size_t r = 0; r < count; r++) {
    uint16_t *to = (uint16_t *)((char *)halves + r * round16_size(columns));
    const float *row = rows + r * stride;
    size_t n = 0;
    for (; n + 16 <= columns; n += 16) {
      wide_bits bits = *(const wide_bits *)(row + n);
      narrow_bits upper = __builtin_convertvector(ROUNDED(bits) >> 16, narrow_bits);
      memcpy(to + n, &upper, sizeof upper);
    }
    for (; n < columns; n++) to[n] = (uint16_t)(rounded(row[n]) >> 16);
    if (columns % 2) to[columns] = 0;
  }
}

// The rows as a panel of `stride` columns: two rows become one of pairs, one value below the other.
static void stack16(float *panel, size_t stride, const float *rows, size_t row_stride, size_t count, size_t columns) {
  for (size_t r = 0; r < count; r += 2) {
    uint32_t *to = (uint32_t *)panel + r / 2 * stride;
    const float *upper = rows + r * row_stride;
    const float *lower = r + 1 < count ? upper + row_stride : NULL;
    size_t n = 0;
    for (; n + 16 <= columns; n += 16) {
      wide_bits first = *(const wide_bits *)(upper + n), second = {};
      if (lower) second = *(const wide_bits *)(lower + n);
      *(wide_bits *)(to + n) = ROUNDED(first) >> 16 | ROUNDED(second);
    }
    for (; n < columns; n++) to[n] = rounded(upper[n]) >> 16 | (lower ? rounded(lower[n]) : 0);
    for (; n < stride; n++) to[n] = 0;
  }
}

static size_t pack16_size(size_t depth, size_t columns) {
  return (columns + PANEL - 1) / PANEL * PANEL * round16_size(depth);
}

static void pack16(void *packed, const float *source, size_t depth, size_t columns) {
  size_t pairs = (depth + 1) / 2;
  memset(packed, 0, pack16_size(depth, columns));
  for (size_t n = 0; n < columns; n++) {
    uint32_t *panel = (uint32_t *)packed + n / PANEL * PANEL * pairs + n % PANEL;
    const float *row = source + n * depth;
    for (size_t k = 0; k < depth; k++)
      panel[k / 2 * PANEL] |= k % 2 ? rounded(row[k]) : rounded(row[k]) >> 16;
  }
}

static void multiply16(float *c, size_t c_stride, const void *halves, const void *packed, const float *bias,
                       size_t rows, size_t depth, size_t columns, codira_epilogue epilogue) {
  size_t pairs = (depth + 1) / 2;
  multiply_panels(1, c, c_stride, halves, pairs, packed, bias, rows, pairs, columns, epilogue);
}

#else

static size_t round16_size(size_t columns) { return columns * sizeof(float); }

static void round16(void *halves, const float *rows, size_t stride, size_t count, size_t columns) {
  for (size_t r = 0; r < count; r++)
    for (size_t n = 0; n < columns; n++) ((uint32_t *)halves)[r * columns + n] = rounded(rows[r * stride + n]);
}

static void stack16(float *panel, size_t stride, const float *rows, size_t row_stride, size_t count, size_t columns) {
  for (size_t r = 0; r < count; r++) {
    round16(panel + r * stride, rows + r * row_stride, 0, 1, columns);
    for (size_t n = columns; n < stride; n++) panel[r * stride + n] = 0;
  }
}

static size_t pack16_size(size_t depth, size_t columns) {
  return (columns + PANEL - 1) / PANEL * PANEL * depth * sizeof(float);
}

static void pack16(void *packed, const float *source, size_t depth, size_t columns) {
  pack(packed, source, depth, columns, 1, depth);
  round16(packed, packed, 0, 1, pack16_size(depth, columns) / sizeof(float));
}

static void multiply16(float *c, size_t c_stride, const void *halves, const void *packed, const float *bias,
                       size_t rows, size_t depth, size_t columns, codira_epilogue epilogue) {
  multiply(c, c_stride, halves, depth, packed, bias, rows, depth, columns, epilogue);
}

#endif
