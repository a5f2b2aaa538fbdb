#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), \
                             apply_to = function)
#define LANES 16
#define PANEL_VECTORS 2
#define TILE_ROWS 12
#define CODE int16_t
#define WEIGHT int16_t
#define GROUP 2
#define DOT(sum, a, b) ((sum) + (lanes_int)_mm512_madd_epi16((__m512i)(a), (__m512i)(b)))
#define KERNELS codira_kernels_avx512
#define KERNELS_NAME "avx512"
#include "kernels_template.h"
#pragma clang attribute pop
#endif
