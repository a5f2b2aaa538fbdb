#pragma once
// Numeric kernels of the text encoder, and the character tables of its tokenizer.
//
// Every result is defined operation by operation (fused multiply-adds in a fixed order over lanes of a fixed
// number), so the same inputs give the same bytes with every instruction set, on every processor.
// Pointers must not overlap unless said otherwise; no alignment is required.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a product is stored.
typedef enum {
  CODIRA_STORE = 0,   ///< c = product
  CODIRA_STORE_GELU,  ///< c = gelu(product), the exact form with erf
  CODIRA_STORE_ADD,   ///< c = c + product, the sum started at c + bias
} codira_epilogue;

/// What a feed-forward step does with each of its values.
typedef enum {
  CODIRA_GELU = 0,   ///< the exact form with erf
  CODIRA_GELU_TANH,  ///< its approximation with tanh
  CODIRA_RELU,
  CODIRA_SILU,
} codira_activation;

/// One set of kernels, compiled for one instruction set.
typedef struct {
  /// "avx512", "avx2" or "portable".
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

  /// Each row of `columns` floats becomes softmax(scale * row), in place.
  void (*softmax)(float *rows, size_t stride, size_t count, size_t columns, float scale);

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
