#pragma once
// Numeric kernels of the text encoder, and the character tables of its tokenizer.
//
// Every result is defined operation by operation (fused multiply-adds in a fixed order over lanes of a fixed
// number), so the same inputs give the same bytes with every instruction set, on every processor. Sums of bfloat16
// products are the exception.
// Pointers must not overlap unless said otherwise; no alignment is required.

#include <stddef.h>
#include <stdint.h>

#include "text_classes.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How a product is stored.
typedef enum {
  CODIRA_STORE = 0,          ///< c = product
  CODIRA_STORE_GELU,         ///< c = gelu(product), the exact form with erf
  CODIRA_STORE_COARSE_GELU,  ///< the same to 1.2e-4, for values that are rounded to fewer bits next
  CODIRA_STORE_ADD,          ///< c = c + product, the sum started at c + bias
} codira_epilogue;

/// What a feed-forward step does with each of its values.
typedef enum {
  CODIRA_GELU = 0,   ///< the exact form with erf
  CODIRA_GELU_TANH,  ///< its approximation with tanh
  CODIRA_RELU,
  CODIRA_SILU,
} codira_activation;
/// What the codes of a row of activations mean: value = scale * (code - zero).
typedef struct {
  float scale;
  int32_t zero;  ///< 0 to 255
} codira_code_range;

/// The attention of one sequence: `length` tokens, whose queries, keys and values of all heads lie `stride` floats apart.
typedef struct {
  size_t length;
  size_t stride;
  size_t heads;
  size_t width;  ///< floats of a head
  size_t reach;  ///< a token sees those that are at most so far from it
  float scale;   ///< of the scores
} codira_attention;

/// One set of kernels, compiled for one instruction set.
typedef struct {
  /// "avx512bf16", "avx512vnni", "avx512", "avxvnni", "avx2" or "portable".
  const char *name;

  /// Columns of a packed panel.
  size_t panel;

  /// Packs a depth x columns matrix for `multiply`; its element (k, n) is source[k * k_stride + n * n_stride].
  /// `packed` has room for round_up(columns, panel) * depth floats; the last panel is filled up with zeros.
  void (*pack)(float *packed, const float *source, size_t depth, size_t columns, size_t k_stride,
               size_t n_stride);

  /// c[rows x columns] = a[rows x depth] * packed[depth x columns] + bias, summed over depth in order, so a
  /// row's bytes depend on nothing but that row. `bias` holds `columns` floats or is null.
  void (*multiply)(float *c, size_t c_stride, const float *a, size_t a_stride, const float *packed,
                   const float *bias, size_t rows, size_t depth, size_t columns, codira_epilogue epilogue);

  /// Each row becomes (row - mean) / sqrt(variance + epsilon) * weight + bias, in place.
  void (*layer_norm)(float *rows, size_t count, size_t columns, const float *weight, const float *bias,
                     float epsilon);

  /// row = a + b + c, element by element.
  void (*add3)(float *row, const float *a, const float *b, const float *c, size_t columns);

  /// row = mean of `count` rows.
  void (*mean)(float *row, const float *rows, size_t count, size_t columns);

  /// row = row / max(length of row, 1e-12).
  void (*normalize)(float *row, size_t columns);

  /// row = activation(row), element by element, in place; gated: the row of `columns` values is followed by as many
  /// factors, and row = activation(row) * factors.
  void (*activate)(float *rows, size_t stride, size_t count, size_t columns, codira_activation activation,
                   int gated);

  /// Turns `count` vectors of `width` values, laid end to end, by one position's angles, of which there are width / 2:
  /// value n and value n + width / 2 are the coordinates that angle n turns.
  void (*rotate)(float *vectors, size_t count, size_t width, const float *cosines, const float *sines);
  // --- attention ---

  /// Floats of scratch memory for sequences of at most so many tokens and heads of so many floats.
  size_t (*attend_scratch)(size_t length, size_t width);

  /// context = softmax(scale * queries * keys transposed) * values, head by head. Behind the last value there are as many
  /// floats as a panel has that may be read.
  void (*attend)(float *context, size_t context_stride, const float *queries, const float *keys,
                 const float *values, const codira_attention *attention, float *scratch);

  /// As `attend`, of queries, keys, values and weights that are rounded to bfloat16. Instruction sets differ in how
  /// they round while they sum.
  void (*attend16)(float *context, size_t context_stride, const float *queries, const float *keys,
                   const float *values, const codira_attention *attention, float *scratch);

  // --- bfloat16: rows and weights rounded, sums in float32 ---

  /// Bytes of a row of so many rounded values.
  size_t (*round16_size)(size_t columns);

  /// Each row of `columns` floats, rounded to the nearest bfloat16 and laid out for `multiply16`.
  void (*round16)(void *halves, const float *rows, size_t stride, size_t count, size_t columns);

  /// Bytes of a packed depth x columns matrix.
  size_t (*pack16_size)(size_t depth, size_t columns);

  /// Packs a row-major columns x depth matrix for `multiply16`.
  void (*pack16)(void *packed, const float *source, size_t depth, size_t columns);

  /// As `multiply`, of rounded rows. Instruction sets differ in how they round while they sum.
  void (*multiply16)(float *c, size_t c_stride, const void *halves, const void *packed, const float *bias,
                     size_t rows, size_t depth, size_t columns, codira_epilogue epilogue);

  // --- whole numbers: activations in 8 bits by row, weights in 8 bits by output ---

  /// Bytes of a row of so many codes.
  size_t (*encode_size)(size_t columns);

  /// Codes of each row of `columns` floats, each value times its column's factor first; `factors` may be null.
  void (*encode)(void *codes, codira_code_range *ranges, const float *rows, size_t stride, const float *factors,
                 size_t count, size_t columns);

  /// most[k] = the largest magnitude at depth k of a row-major columns x depth matrix.
  void (*column_maxima)(float *most, const float *source, size_t depth, size_t columns);

  /// Bytes of a packed depth x columns matrix of codes.
  size_t (*pack8_size)(size_t depth, size_t columns);

  /// Packs a row-major columns x depth matrix for `multiply8`, each value times its depth's factor first; `factors`
  /// may be null. `scratch` has room for depth + 4 bytes.
  void (*pack8)(void *packed, const float *source, const float *factors, size_t depth, size_t columns,
                int8_t *scratch);

  /// As `multiply`, of rows of codes. The sums are exact: every instruction set gives the same bytes.
  void (*multiply8)(float *c, size_t c_stride, const void *codes, const codira_code_range *ranges,
                    const void *packed, const float *bias, size_t rows, size_t depth, size_t columns,
                    codira_epilogue epilogue);
} codira_kernels;

/// The fastest kernels this processor runs.
const codira_kernels *codira_kernels_best(void);

/// All kernels this processor runs, the fastest first; null from the end on.
const codira_kernels *codira_kernels_at(size_t index);

// --- characters ---

/// What the tokenizer does with a character that maps to itself.
typedef enum {
  CODIRA_WORD = 0,  ///< part of a word
  CODIRA_DROP,      ///< left out: control characters, accents
  CODIRA_SPACE,     ///< ends a word
  CODIRA_ALONE,     ///< a word of its own: punctuation, CJK ideographs
} codira_character_kind;

codira_character_kind codira_character_kind_of(uint32_t scalar);

/// What becomes of a character when accents are stripped and letters made lower-case: the number of characters
/// written to `result`, 0 if it stays as it is.
size_t codira_character_map(uint32_t scalar, uint32_t result[3]);

#ifdef __cplusplus
}
#endif
