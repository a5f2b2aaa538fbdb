#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define PANEL_VECTORS 2
#define TILE_ROWS 6
#define KERNELS codira_kernels_avx2
#define KERNELS_NAME "avx2"
#include "kernels_template.h"
#pragma clang attribute pop
#endif
