#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
#define LANES 8
#define PANEL_VECTORS 2
#define TILE_ROWS 6
#define CODE uint8_t
#define WEIGHT int8_t
#define GROUP 4
#define DOT(sum, a, b) ((lanes_int)_mm256_dpbusd_avx_epi32((__m256i)(sum), (__m256i)(a), (__m256i)(b)))
#define KERNELS codira_kernels_avxvnni
#define KERNELS_NAME "avxvnni"
#include "kernels_template.h"
#pragma clang attribute pop
#endif
