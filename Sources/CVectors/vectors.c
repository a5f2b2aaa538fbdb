#include "CVectors.h"

#include <float.h>
#include <math.h>
#include <string.h>

// Sixteen sums side by side, added up in one order, whatever the processor's vectors hold.
typedef float wide __attribute__((ext_vector_type(16), aligned(4)));
typedef int8_t bytes __attribute__((ext_vector_type(16), aligned(1)));
typedef int16_t words __attribute__((ext_vector_type(16), aligned(2)));

static inline float length(const wide *squares) {
  float s[16];
  memcpy(s, squares, sizeof s);
  for (int width = 8; width > 0; width /= 2)
    for (int i = 0; i < width; i++) s[i] += s[i + width];
  return sqrtf(s[0]);
}

// The largest magnitude; values that are not numbers may be passed over.
static float largest(const float *vector, size_t dimension) {
  wide best = 0;
  for (size_t i = 0; i < dimension; i += 16) {
    wide v = 0;
    memcpy(&v, vector + i, (dimension - i < 16 ? dimension - i : 16) * sizeof(float));
    best = __builtin_elementwise_max(best, __builtin_elementwise_max(v, -v));
  }
  float result = best[0];
  for (int i = 1; i < 16; i++) result = best[i] > result ? best[i] : result;
  return result;
}

// Adding and taking away 1.5 * 2^23 leaves the nearest whole number, the even one of two.
#define ENCODE(name, code, codes16, limit)                                                            \
  codira_coded name(code *codes, const float *vector, size_t dimension) {                             \
    float best = largest(vector, dimension);                                                          \
    memset(codes, 0, dimension * sizeof(code));                                                       \
    float scale = best / (limit), inverse = 1 / scale;                                                \
    if (!(inverse <= FLT_MAX)) scale = inverse = 0;                                                   \
    wide errors = 0, squares = 0;                                                                     \
    for (size_t i = 0; i < dimension; i += 16) {                                                      \
      size_t count = dimension - i < 16 ? dimension - i : 16;                                         \
      wide v = 0;                                                                                     \
      memcpy(&v, vector + i, count * sizeof(float));                                                  \
      wide rounded = v * inverse + 0x1.8p+23f - 0x1.8p+23f;                                           \
      rounded = __builtin_elementwise_max(__builtin_elementwise_min(rounded, (wide)(limit)),          \
                                          (wide)(-(limit)));                                          \
      wide rest = v - rounded * scale;                                                                \
      errors += rest * rest;                                                                          \
      squares += v * v;                                                                               \
      codes16 coded = __builtin_convertvector(rounded, codes16);                                      \
      memcpy(codes + i, &coded, count * sizeof(code));                                                \
    }                                                                                                 \
    float own = length(&squares);                                                                     \
    if (!(own <= FLT_MAX)) return (codira_coded){-1, 0, 0};                                           \
    return (codira_coded){scale, length(&errors) * 1.0001f, own};                                     \
  }

ENCODE(codira_encode, int8_t, bytes, 127.0f)
ENCODE(codira_encode_question, int16_t, words, 32767.0f)

// --- products ---

typedef void products(int32_t *, const int8_t *, size_t, size_t, const int16_t *, size_t);

static void products_plain(int32_t *result, const int8_t *codes, size_t stride, size_t count,
                           const int16_t *question, size_t dimension) {
  for (size_t n = 0; n < count; n++) {
    int32_t sum = 0;
    for (size_t i = 0; i < dimension; i++) sum += (int32_t)codes[n * stride + i] * question[i];
    result[n] = sum;
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static void products_avx2(int32_t *result, const int8_t *codes,
                                                          size_t stride, size_t count,
                                                          const int16_t *question, size_t dimension) {
  for (size_t n = 0; n < count; n++) {
    const int8_t *row = codes + n * stride;
    __m256i even = _mm256_setzero_si256(), odd = even;
    size_t i = 0;
    for (; i + 32 <= dimension; i += 32) {
      __m256i a = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(row + i)));
      __m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(row + i + 16)));
      __m256i p = _mm256_loadu_si256((const __m256i *)(question + i));
      __m256i q = _mm256_loadu_si256((const __m256i *)(question + i + 16));
      even = _mm256_add_epi32(even, _mm256_madd_epi16(a, p));
      odd = _mm256_add_epi32(odd, _mm256_madd_epi16(b, q));
    }
    even = _mm256_add_epi32(even, odd);
    __m128i sums = _mm_add_epi32(_mm256_castsi256_si128(even), _mm256_extracti128_si256(even, 1));
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0x4e));
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, 0xb1));
    int32_t sum = _mm_cvtsi128_si32(sums);
    for (; i < dimension; i++) sum += (int32_t)row[i] * question[i];
    result[n] = sum;
  }
}

static products *best_products(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") ? products_avx2 : products_plain;
}
#else
static products *best_products(void) { return products_plain; }
#endif

void codira_products(int32_t *result, const int8_t *codes, size_t stride, size_t count,
                     const int16_t *question, size_t dimension) {
  best_products()(result, codes, stride, count, question, dimension);
}
