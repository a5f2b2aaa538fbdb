// Products of whole numbers, written once over vectors of LANES integers. The includer of kernels_template.h, which
// includes this, defines besides
//   CODE (type of an activation's code), WEIGHT (type of a weight's code), GROUP (codes in 32 bits: 4 or 2)
//   DOT(sum, a, b): sum plus, lane by lane, the products of the codes in the 32 bits of a and b, added up exactly
// Sums are exact, so every instruction set gives the same; what comes before and after is done in one fixed order.

typedef int32_t lanes_int __attribute__((ext_vector_type(LANES), aligned(4)));
typedef CODE wide_codes __attribute__((ext_vector_type(16), aligned(1)));

static size_t groups_of(size_t depth) { return (depth + GROUP - 1) / GROUP; }

// --- activations ---

// Sixteen values of a row, times as many factors where there are any; beyond `count`, zeros.
INLINE wide scaled16(const float *row, const float *factors, size_t count) {
  wide v, f;
  load16(&v, row, count, 0);
  if (!factors) return v;
  load16(&f, factors, count, 0);
  return v * f;
}

INLINE wide_int code16(wide value, float inverse, int32_t zero) {
  wide shifted = FMA(value, ALL(inverse), ALL(0x1.8p+23f));
  return __builtin_bit_cast(wide_int, shifted) - (wide_int)(0x4B400000 - zero);
}

INLINE void store_codes16(CODE *codes, wide_int code, size_t count) {
  wide_codes narrow = __builtin_convertvector(SMALLER(BIGGER(code, (wide_int)(0)), (wide_int)(255)), wide_codes);
  memcpy(codes, &narrow, (count < 16 ? count : 16) * sizeof(CODE));
}

// Codes of one row: value = scale * (code - zero), 0 exactly so.
INLINE void encode_row(CODE *codes, codira_code_range *range, const float *row, const float *factors,
                       size_t columns) {
  size_t whole = columns / 16 * 16;
  wide low = ALL(0.0f), high = ALL(0.0f);
  for (size_t n = 0; n < whole; n += 16) {
    wide v = scaled16(row + n, factors ? factors + n : 0, 16);
    low = BIGGER(low, -v);
    high = BIGGER(high, v);
  }
  if (whole < columns) {
    wide v = scaled16(row + whole, factors ? factors + whole : 0, columns - whole);
    low = BIGGER(low, -v);
    high = BIGGER(high, v);
  }
  float below = largest16(low), span = below + largest16(high);
  float inverse = span > 0 ? 255.0f / span : 0;
  int32_t zero = (int32_t)(below * inverse + 0.5f);
  range->scale = span / 255.0f;
  range->zero = zero;
  for (size_t n = 0; n < whole; n += 16)
    store_codes16(codes + n, code16(scaled16(row + n, factors ? factors + n : 0, 16), inverse, zero), 16);
  if (whole < columns) {
    wide v = scaled16(row + whole, factors ? factors + whole : 0, columns - whole);
    store_codes16(codes + whole, code16(v, inverse, zero), columns - whole);
  }
  for (size_t n = columns; n < groups_of(columns) * GROUP; n++) codes[n] = 0;
}

static size_t encode_size(size_t columns) { return groups_of(columns) * GROUP * sizeof(CODE); }

static void encode(void *codes, codira_code_range *ranges, const float *rows, size_t stride,
                   const float *factors, size_t count, size_t columns) {
  size_t width = groups_of(columns) * GROUP;
  for (size_t r = 0; r < count; r++)
    encode_row((CODE *)codes + r * width, ranges + r, rows + r * stride, factors, columns);
}

// --- weights ---

// The codes of one output's weights, at most 127 either way.
INLINE int32_t encode_weights(int8_t *codes, float *scale, const float *weights, const float *factors,
                              size_t depth) {
  wide most = ALL(0.0f);
  for (size_t k = 0; k < depth; k += 16) {
    wide v = scaled16(weights + k, factors ? factors + k : 0, depth - k);
    most = BIGGER(most, BIGGER(v, -v));
  }
  float largest = largest16(most), inverse = largest > 0 ? 127.0f / largest : 0;
  *scale = largest / 127.0f;
  wide_int sum = {};
  for (size_t k = 0; k < depth; k += 16) {
    typedef int8_t narrow_codes __attribute__((ext_vector_type(16), aligned(1)));
    wide_int code = code16(scaled16(weights + k, factors ? factors + k : 0, depth - k), inverse, 0);
    narrow_codes narrow = __builtin_convertvector(code, narrow_codes);
    memcpy(codes + k, &narrow, depth - k < 16 ? depth - k : 16);
    sum += code;
  }
  int32_t total = 0;
  for (int i = 0; i < 16; i++) total += sum[i];
  return total;
}

static void column_maxima(float *most, const float *source, size_t depth, size_t columns) {
  memset(most, 0, depth * sizeof(float));
  for (size_t n = 0; n < columns; n++)
    for (size_t k = 0; k < depth; k++) {
      float value = __builtin_fabsf(source[n * depth + k]);
      most[k] = BIGGER(most[k], value);
    }
}

static size_t pack8_size(size_t depth, size_t columns) {
  size_t wide = (columns + PANEL - 1) / PANEL * PANEL;
  return wide * (groups_of(depth) * GROUP * sizeof(WEIGHT) + sizeof(float) + sizeof(int32_t));
}

// A panel is its columns' scales, their sums, then their codes, GROUP of each column in turn.
static void pack8(void *packed, const float *source, const float *factors, size_t depth, size_t columns,
                  int8_t *scratch) {
  size_t groups = groups_of(depth);
  for (size_t left = 0; left < columns; left += PANEL) {
    float *scales = (float *)((char *)packed + pack8_size(depth, left));
    int32_t *sums = (int32_t *)(scales + PANEL);
    WEIGHT *codes = (WEIGHT *)(sums + PANEL);
    size_t width = columns - left < PANEL ? columns - left : PANEL;
    memset(scales, 0, pack8_size(depth, PANEL));
    memset(scratch, 0, groups * GROUP);
    for (size_t n = 0; n < width; n++) {
      sums[n] = encode_weights(scratch, scales + n, source + (left + n) * depth, factors, depth);
      for (size_t g = 0; g < groups; g++)
        for (size_t i = 0; i < GROUP; i++) codes[(g * PANEL + n) * GROUP + i] = scratch[g * GROUP + i];
    }
  }
}

// --- matrix product ---

typedef struct {
  const float *scales;   // PANEL values
  const int32_t *sums;   // PANEL values
  const lanes_int *codes;
  const float *bias;     // PANEL values
  size_t groups;
  size_t columns;  // at most PANEL
  codira_epilogue epilogue;
} product8;

INLINE void tile8(int rows, float *c, size_t c_stride, const CODE *a, const codira_code_range *ranges,
                  const product8 *p) {
  lanes_int sum[TILE_ROWS][PANEL_VECTORS];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < PANEL_VECTORS; v++) sum[r][v] = (lanes_int)(0);

  size_t stride = p->groups * GROUP;
  for (size_t g = 0; g < p->groups; g++) {
    lanes_int b[PANEL_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < PANEL_VECTORS; v++) b[v] = p->codes[g * PANEL_VECTORS + v];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      int32_t codes;
      memcpy(&codes, a + r * stride + g * GROUP, sizeof codes);
      lanes_int value = (lanes_int)(codes);
#pragma clang loop unroll(full)
      for (int v = 0; v < PANEL_VECTORS; v++) sum[r][v] = DOT(sum[r][v], value, b[v]);
    }
  }

#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    float edge[PANEL] = {0};  // the last panel may be narrower than its padding
    float *row = c + r * c_stride;
    int narrow = p->columns < PANEL;
    if (narrow) {
      if (p->epilogue == CODIRA_STORE_ADD) memcpy(edge, row, p->columns * sizeof(float));
      row = edge;
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < PANEL_VECTORS; v++) {
      lanes_int whole = sum[r][v] - ranges[r].zero * *(const lanes_int *)(p->sums + v * LANES);
      lanes scale = ranges[r].scale * *(const lanes *)(p->scales + v * LANES);
      lanes value = FMA(__builtin_convertvector(whole, lanes), scale, *(const lanes *)(p->bias + v * LANES));
      if (p->epilogue == CODIRA_STORE_ADD) value += *(const lanes *)(row + v * LANES);
      *(lanes *)(row + v * LANES) = value;
    }
    finish(row, p->epilogue);
    if (narrow) memcpy(c + r * c_stride, edge, p->columns * sizeof(float));
  }
}

#define REST8(n)                              \
  case n:                                     \
    tile8(n, c, c_stride, a, ranges, p);      \
    break;

static __attribute__((noinline)) void rest8(size_t rows, float *c, size_t c_stride, const CODE *a,
                                            const codira_code_range *ranges, const product8 *p) {
  switch (rows) { EACH_REST(REST8) }
}

static void multiply8(float *c, size_t c_stride, const void *codes, const codira_code_range *ranges,
                      const void *packed, const float *bias, size_t rows, size_t depth, size_t columns,
                      codira_epilogue epilogue) {
  size_t groups = groups_of(depth);
  for (size_t left = 0; left < columns; left += PANEL) {
    const float *scales = (const float *)((const char *)packed + pack8_size(depth, left));
    const int32_t *sums = (const int32_t *)(scales + PANEL);
    float start[PANEL] = {0};
    product8 p = {
        .scales = scales,
        .sums = sums,
        .codes = (const lanes_int *)(sums + PANEL),
        .bias = start,
        .groups = groups,
        .columns = columns - left < PANEL ? columns - left : PANEL,
        .epilogue = epilogue,
    };
    if (bias) memcpy(start, bias + left, p.columns * sizeof(float));
    const CODE *a = codes;
    size_t row = 0;
    for (; row + TILE_ROWS <= rows; row += TILE_ROWS)
      tile8(TILE_ROWS, c + row * c_stride + left, c_stride, a + row * groups * GROUP, ranges + row, &p);
    if (row < rows)
      rest8(rows - row, c + row * c_stride + left, c_stride, a + row * groups * GROUP, ranges + row, &p);
  }
}
