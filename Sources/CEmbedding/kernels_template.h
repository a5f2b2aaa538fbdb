// The kernels, written once over vectors of LANES floats. The includer defines
//   LANES, PANEL_VECTORS (vectors in a panel), TILE_ROWS (rows of a register tile), KERNELS (name of the table),
//   KERNELS_NAME (its text), what whole_template.h and half_template.h ask for
// and the instruction set. Reductions run over 16 partial sums whatever LANES is, and are added up in one order.

#include <string.h>

#include "CEmbedding.h"

// Sums and products are fused where FMA says so and nowhere else. It stands here and not among the compiler's flags:
// other packages could not use a target with flags of its own on every version of SwiftPM.
#pragma clang fp contract(off)

// Vectors wider than the registers are passed to functions that are always inlined, so nothing is called with them.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))
#define PANEL (LANES * PANEL_VECTORS)

typedef float lanes __attribute__((ext_vector_type(LANES), aligned(4)));
typedef float four __attribute__((ext_vector_type(4), aligned(4)));
typedef float eight __attribute__((ext_vector_type(8), aligned(4)));
typedef float wide __attribute__((ext_vector_type(16), aligned(4)));
typedef int32_t wide_int __attribute__((ext_vector_type(16), aligned(4)));

#define FMA(a, b, c) __builtin_elementwise_fma((a), (b), (c))
#define MAXIMUM(a, b) __builtin_elementwise_max((a), (b))
#define MINIMUM(a, b) __builtin_elementwise_min((a), (b))
#define ALL(value) ((wide)(value))
// As above where no operand is NaN: one instruction.
#define BIGGER(a, b) ((a) > (b) ? (a) : (b))
#define SMALLER(a, b) ((a) < (b) ? (a) : (b))

// exp(x) for x in [-87, 0]: 2^n * (1 + r + r^2 p(r)), |r| <= ln 2 / 2; below, exp(-87). Relative error 1e-7.
#define EXP(result, argument)                                                                      \
  do {                                                                                             \
    wide x_ = MAXIMUM((argument), ALL(-87.0f));                                                    \
    wide shifted_ = FMA(x_, ALL(0x1.715476p+0f), ALL(0x1.8p+23f));                                 \
    wide n_ = shifted_ - ALL(0x1.8p+23f);                                                          \
    wide r_ = FMA(n_, ALL(-0x1.62e4p-1f), x_);                                                     \
    r_ = FMA(n_, ALL(-0x1.7f7d1cp-20f), r_);                                                       \
    wide p_ = FMA(r_, ALL(0.0013950602f), ALL(0.008368953f));                                      \
    p_ = FMA(p_, r_, ALL(0.041666206f));                                                           \
    p_ = FMA(p_, r_, ALL(0.16666518f));                                                            \
    p_ = FMA(p_, r_, ALL(0.5f));                                                                   \
    p_ = FMA(p_, r_ * r_, r_) + 1.0f;                                                              \
    wide_int scale_ = (__builtin_bit_cast(wide_int, shifted_) << 23) + (127 << 23);                                    \
    (result) = p_ * __builtin_bit_cast(wide, scale_);                                                                  \
  } while (0)

// gelu(x) = x * P(x), P the normal distribution: P(-z) = exp(-z q(z)) / 2 with a polynomial q fitted on [0, 9].
INLINE void gelu16(float *values) {
  wide x;
  memcpy(&x, values, sizeof x);
  wide z = MINIMUM(MAXIMUM(x, -x), ALL(9.0f));
  wide q = FMA(z, ALL(-3.554900445124076e-07f), ALL(6.6266647991142236e-06f));
  q = FMA(q, z, ALL(-5.196798520046286e-05f));
  q = FMA(q, z, ALL(0.0001970950106624514f));
  q = FMA(q, z, ALL(-1.0391185242042411e-05f));
  q = FMA(q, z, ALL(-0.004804285708814859f));
  q = FMA(q, z, ALL(0.03634500876069069f));
  q = FMA(q, z, ALL(0.3183080554008484f));
  q = FMA(q, z, ALL(0.7978847026824951f));
  wide tail;
  EXP(tail, -z * q);
  tail *= 0.5f;
  wide_int negative = x < 0.0f;
  wide upper = 1.0f - tail;
  x *= negative ? tail : upper;
  memcpy(values, &x, sizeof x);
}

// gelu(x) = max(x, 0) - r(|x|) with a polynomial r fitted on [0, 4.25]: off by at most 1.2e-4, a hundredth of the
// steps in which the codes of 8 bits that are made of it go.
INLINE void coarse_gelu16(float *values) {
  wide x;
  memcpy(&x, values, sizeof x);
  wide z = SMALLER(BIGGER(x, -x), ALL(4.25f));
  wide q = FMA(z, ALL(3.325887519167736e-05f), ALL(-0.000539048807695508f));
  q = FMA(q, z, ALL(0.0028730982448905706f));
  q = FMA(q, z, ALL(-0.001744252978824079f));
  q = FMA(q, z, ALL(-0.03743259981274605f));
  q = FMA(q, z, ALL(0.12487290799617767f));
  q = FMA(q, z, ALL(-0.043869808316230774f));
  q = FMA(q, z, ALL(-0.38385313749313354f));
  q = FMA(q, z, ALL(0.4982677698135376f));
  x = FMA(-q, z, BIGGER(x, ALL(0.0f)));
  memcpy(values, &x, sizeof x);
}

// What is left to do with the stored values of a panel.
INLINE void finish(float *row, codira_epilogue epilogue) {
  if (epilogue == CODIRA_STORE_GELU)
    for (int v = 0; v < PANEL; v += 16) gelu16(row + v);
  if (epilogue == CODIRA_STORE_COARSE_GELU)
    for (int v = 0; v < PANEL; v += 16) coarse_gelu16(row + v);
}

// Sixteen partial values to one, always in this order: halves upon halves.
INLINE float sum16(wide v) {
  eight half = v.lo + v.hi;
  four quarter = half.lo + half.hi;
  return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
}

// The largest of sixteen values, which are no NaN; the order does not matter.
INLINE float largest16(wide v) {
  eight half = BIGGER(v.lo, v.hi);
  four quarter = BIGGER(half.lo, half.hi);
  float a = BIGGER(quarter[0], quarter[2]), b = BIGGER(quarter[1], quarter[3]);
  return BIGGER(a, b);
}

// Sixteen floats from `from`, of which `count` exist; the others are `fill`.
INLINE void load16(wide *v, const float *from, size_t count, float fill) {
  if (count >= 16) {
    memcpy(v, from, sizeof *v);
  } else {
    *v = ALL(fill);
    memcpy(v, from, count * sizeof(float));
  }
}

INLINE void store16(float *to, const wide *v, size_t count) {
  memcpy(to, v, (count >= 16 ? 16 : count) * sizeof(float));
}

// --- matrix product ---

// What the tiles of one panel share.
typedef struct {
  const float *bias;  // PANEL values
  size_t depth;
  size_t stride;   // from a row of the panel to the next
  size_t columns;  // at most PANEL
  codira_epilogue epilogue;
} product;

#ifdef PAIRS_DOT
#define HAS_PAIRS 1
#else
#define HAS_PAIRS 0
#define PAIRS_DOT(sum, a, b) (sum)
#endif

// One register tile; each sum is one chain of fused multiply-adds over the depth, or of steps of PAIRS_DOT.
INLINE void tile(int rows, int pairs, float *c, size_t c_stride, const float *a, size_t a_stride, const float *panel,
                 const product *p) {
  lanes sum[TILE_ROWS][PANEL_VECTORS];
  float edge[TILE_ROWS][PANEL] = {{0}};  // the last panel of a row may be narrower than its padding
  int narrow = p->columns < PANEL;
  int add = p->epilogue == CODIRA_STORE_ADD;
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    if (narrow && add) memcpy(edge[r], c + r * c_stride, p->columns * sizeof(float));
#pragma clang loop unroll(full)
    for (int v = 0; v < PANEL_VECTORS; v++) {
      sum[r][v] = *(const lanes *)(p->bias + v * LANES);
      if (add) sum[r][v] += *(const lanes *)((narrow ? edge[r] : c + r * c_stride) + v * LANES);
    }
  }

  for (size_t k = 0; k < p->depth; k++) {
    lanes b[PANEL_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < PANEL_VECTORS; v++) b[v] = *(const lanes *)(panel + k * p->stride + v * LANES);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      lanes value = (lanes)(a[r * a_stride + k]);
#pragma clang loop unroll(full)
      for (int v = 0; v < PANEL_VECTORS; v++)
        sum[r][v] = pairs ? PAIRS_DOT(sum[r][v], value, b[v]) : FMA(value, b[v], sum[r][v]);
    }
  }

#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    float *row = narrow ? edge[r] : c + r * c_stride;
#pragma clang loop unroll(full)
    for (int v = 0; v < PANEL_VECTORS; v++) *(lanes *)(row + v * LANES) = sum[r][v];
  }
  for (int r = 0; r < rows; r++) {
    float *row = narrow ? edge[r] : c + r * c_stride;
    finish(row, p->epilogue);
    if (narrow) memcpy(c + r * c_stride, edge[r], p->columns * sizeof(float));
  }
}

// A case for each number of rows that is no whole tile.
#if TILE_ROWS > 8
#define EACH_REST(each) each(1) each(2) each(3) each(4) each(5) each(6) each(7) each(8) each(9) each(10) each(11)
#elif TILE_ROWS > 4
#define EACH_REST(each) each(1) each(2) each(3) each(4) each(5)
#else
#define EACH_REST(each) each(1) each(2) each(3)
#endif

#define REST(n)                                                                                     \
  case n:                                                                                           \
    pairs ? tile(n, 1, c, c_stride, a, a_stride, panel, p) : tile(n, 0, c, c_stride, a, a_stride, panel, p); \
    break;

static __attribute__((noinline)) void rest(size_t rows, int pairs, float *c, size_t c_stride, const float *a,
                                           size_t a_stride, const float *panel, const product *p) {
  switch (rows) { EACH_REST(REST) }
}

// The whole matrix of rows passes by each panel: they are few enough to stay in the second-level cache, the panel
// stays in the first, and every weight is read once.
INLINE void multiply_panels(int pairs, float *c, size_t c_stride, const float *a, size_t a_stride,
                            const float *packed, const float *bias, size_t rows, size_t depth, size_t columns,
                            codira_epilogue epilogue) {
  for (size_t left = 0; left < columns; left += PANEL) {
    const float *panel = packed + left * depth;
    float start[PANEL] = {0};
    product p = {
        .bias = start,
        .depth = depth,
        .stride = PANEL,
        .columns = columns - left < PANEL ? columns - left : PANEL,
        .epilogue = epilogue,
    };
    if (bias) memcpy(start, bias + left, p.columns * sizeof(float));
    size_t row = 0;
    for (; row + TILE_ROWS <= rows; row += TILE_ROWS)
      tile(TILE_ROWS, pairs, c + row * c_stride + left, c_stride, a + row * a_stride, a_stride, panel, &p);
    if (row < rows)
      rest(rows - row, pairs, c + row * c_stride + left, c_stride, a + row * a_stride, a_stride, panel, &p);
  }
}

static void multiply(float *c, size_t c_stride, const float *a, size_t a_stride, const float *packed,
                     const float *bias, size_t rows, size_t depth, size_t columns, codira_epilogue epilogue) {
  multiply_panels(0, c, c_stride, a, a_stride, packed, bias, rows, depth, columns, epilogue);
}

// Eight rows of eight values become columns: to[k * PANEL + n] = from[n * n_stride + k].
INLINE void transpose8(float *to, const float *from, size_t n_stride) {
  eight a[8], b[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) a[i] = *(const eight *)(from + i * n_stride);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i += 2) {
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i += 4) {
    a[i] = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    a[i + 1] = __builtin_shufflevector(b[i], b[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    a[i + 2] = __builtin_shufflevector(b[i + 1], b[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
    a[i + 3] = __builtin_shufflevector(b[i + 1], b[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    *(eight *)(to + i * PANEL) = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    *(eight *)(to + (i + 4) * PANEL) = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

static void pack(float *packed, const float *source, size_t depth, size_t columns, size_t k_stride,
                 size_t n_stride) {
  for (size_t left = 0; left < columns; left += PANEL) {
    size_t width = columns - left < PANEL ? columns - left : PANEL;
    float *panel = packed + left * depth;
    const float *from = source + left * n_stride;
    if (width == PANEL && n_stride == 1) {
      for (size_t k = 0; k < depth; k++)
        memcpy(panel + k * PANEL, from + k * k_stride, PANEL * sizeof(float));
      continue;
    }
    if (width < PANEL) memset(panel, 0, depth * PANEL * sizeof(float));
    // A search waits for the weights to be packed: whole blocks of a row-major matrix go through registers.
    size_t k = 0;
    if (width == PANEL && k_stride == 1)
      for (; k + 8 <= depth; k += 8)
        for (size_t n = 0; n < PANEL; n += 8)
          transpose8(panel + k * PANEL + n, from + n * n_stride + k, n_stride);
    for (; k < depth; k += 16) {
      size_t end = k + 16 < depth ? k + 16 : depth;
      for (size_t n = 0; n < width; n++)
        for (size_t i = k; i < end; i++) panel[i * PANEL + n] = from[i * k_stride + n * n_stride];
    }
  }
}

// --- rows ---

static void layer_norm(float *rows, size_t count, size_t columns, const float *weight, const float *bias,
                       float epsilon) {
  for (size_t r = 0; r < count; r++) {
    float *row = rows + r * columns;
    wide total = {}, v;
    for (size_t n = 0; n < columns; n += 16) {
      load16(&v, row + n, columns - n, 0);
      total += v;
    }
    float mean = sum16(total) / (float)columns;
    wide squares = {};
    for (size_t n = 0; n < columns; n += 16) {
      load16(&v, row + n, columns - n, mean);
      v -= mean;
      squares = FMA(v, v, squares);
    }
    float inverse = 1.0f / __builtin_sqrtf(sum16(squares) / (float)columns + epsilon);
    for (size_t n = 0; n < columns; n++)
      row[n] = __builtin_fmaf((row[n] - mean) * inverse, weight[n], bias[n]);
  }
}

static void add3(float *row, const float *a, const float *b, const float *c, size_t columns) {
  for (size_t n = 0; n < columns; n++) row[n] = a[n] + b[n] + c[n];
}

static void mean(float *row, const float *rows, size_t count, size_t columns) {
  memset(row, 0, columns * sizeof(float));
  for (size_t r = 0; r < count; r++)
    for (size_t n = 0; n < columns; n++) row[n] += rows[r * columns + n];
  for (size_t n = 0; n < columns; n++) row[n] /= (float)count;
}

static void normalize(float *row, size_t columns) {
  wide squares = {}, v;
  for (size_t n = 0; n < columns; n += 16) {
    load16(&v, row + n, columns - n, 0);
    squares = FMA(v, v, squares);
  }
  float length = __builtin_sqrtf(sum16(squares));
  if (length < 1e-12f) length = 1e-12f;
  for (size_t n = 0; n < columns; n++) row[n] /= length;
}

// --- other activations, gated units, rotary positions ---

// 1 / (1 + exp(-x)), by exp(-|x|) so that nothing overflows.
INLINE void sigmoid16(wide *v) {
  wide x = *v, e;
  EXP(e, -MAXIMUM(x, -x));
  wide_int negative = x < 0.0f;
  wide top = negative ? e : ALL(1.0f);
  *v = top / (e + 1.0f);
}

static void activate(float *rows, size_t stride, size_t count, size_t columns, codira_activation activation,
                     int gated) {
  for (size_t r = 0; r < count; r++) {
    float *row = rows + r * stride;
    for (size_t n = 0; n < columns; n += 16) {
      wide x, factor;
      load16(&x, row + n, columns - n, 0);
      factor = x;
      switch (activation) {
        case CODIRA_GELU:
          gelu16((float *)&x);
          factor = ALL(1.0f);
          break;
        case CODIRA_GELU_TANH:  // (1 + tanh(z)) / 2 = sigmoid(2 z) with z = sqrt(2 / pi) (x + 0.044715 x^3)
          factor = FMA(x * x, x * ALL(0.044715f), x) * ALL(1.5957691216057308f);
          sigmoid16(&factor);
          break;
        case CODIRA_RELU:
          x = MAXIMUM(x, ALL(0.0f));
          factor = ALL(1.0f);
          break;
        case CODIRA_SILU: sigmoid16(&factor); break;
      }
      x *= factor;
      if (gated) {
        load16(&factor, row + columns + n, columns - n, 0);
        x *= factor;
      }
      store16(row + n, &x, columns - n);
    }
  }
}

static void rotate(float *vectors, size_t count, size_t width, const float *cosines, const float *sines) {
  size_t half = width / 2;
  for (size_t v = 0; v < count; v++) {
    float *first = vectors + v * width, *second = first + half;
    for (size_t n = 0; n < half; n++) {
      float a = first[n], b = second[n];
      first[n] = a * cosines[n] - b * sines[n];
      second[n] = b * cosines[n] + a * sines[n];
    }
  }
}
#include "half_template.h"
#include "attention_template.h"
#include "whole_template.h"

const codira_kernels KERNELS = {
    .name = KERNELS_NAME,
    .panel = PANEL,
    .pack = pack,
    .multiply = multiply,
    .layer_norm = layer_norm,
    .add3 = add3,
    .mean = mean,
    .normalize = normalize,
    .activate = activate,
    .rotate = rotate,
    .attend_scratch = attend_scratch,
    .attend = attend,
    .attend16 = attend16,
    .round16_size = round16_size,
    .round16 = round16,
    .pack16_size = pack16_size,
    .pack16 = pack16,
    .multiply16 = multiply16,
    .encode_size = encode_size,
    .encode = encode,
    .column_maxima = column_maxima,
    .pack8_size = pack8_size,
    .pack8 = pack8,
    .multiply8 = multiply8,
};
