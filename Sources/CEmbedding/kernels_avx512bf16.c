#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx512vnni,avx512bf16,fma"))), \
                             apply_to = function)
#define LANES 16
#define PANEL_VECTORS 2
#define TILE_ROWS 12
#define CODE uint8_t
#define WEIGHT int8_t
#define GROUP 4
#define DOT(sum, a, b) ((lanes_int)_mm512_dpbusd_epi32((__m512i)(sum), (__m512i)(a), (__m512i)(b)))
#define PAIRS_DOT(sum, a, b) ((lanes)_mm512_dpbf16_ps((__m512)(sum), (__m512bh)(a), (__m512bh)(b)))
#define KERNELS codira_kernels_avx512bf16
#define KERNELS_NAME "avx512bf16"
#include "kernels_template.h"
#pragma clang attribute pop
#endif
