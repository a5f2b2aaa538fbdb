#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define PANEL_VECTORS 2
#define TILE_ROWS 6
#define CODE int16_t
#define WEIGHT int16_t
#define GROUP 2
#define DOT(sum, a, b) ((sum) + (lanes_int)_mm256_madd_epi16((__m256i)(a), (__m256i)(b)))
#define KERNELS codira_kernels_avx2
#define KERNELS_NAME "avx2"
#include "kernels_template.h"
#pragma clang attribute pop
#endif
