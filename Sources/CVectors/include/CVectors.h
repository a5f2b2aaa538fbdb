#pragma once
// Vectors in one byte a value, and their products with a question.
//
// Every result has the same bytes on every processor: products are whole numbers, and the rest is computed in a fixed
// order. No alignment is required.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The longest vectors whose products fit 32 bits.
#define CODIRA_VECTOR_LIMIT 4096

/// What a vector's codes leave of it.
typedef struct {
  float scale;   ///< value = code * scale, about; 0 for a vector without length, negative for one that is not finite
  float error;   ///< length of (vector - codes * scale), rounded up
  float length;  ///< of the vector
} codira_coded;

/// codes[i] = vector[i] / scale, rounded, in -127...127, for the least scale that lets the largest value in.
codira_coded codira_encode(int8_t *codes, const float *vector, size_t dimension);

/// The same for a question, in -32767...32767.
codira_coded codira_encode_question(int16_t *codes, const float *vector, size_t dimension);

/// products[n] = sum of codes[n * stride + i] * question[i] over i < dimension, at most CODIRA_VECTOR_LIMIT.
void codira_products(int32_t *products, const int8_t *codes, size_t stride, size_t count,
                     const int16_t *question, size_t dimension);

#ifdef __cplusplus
}
#endif
