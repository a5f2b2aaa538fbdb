#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), \
                             apply_to = function)
#define LANES 16
#define PANEL_VECTORS 2
#define TILE_ROWS 12
#define KERNELS codira_kernels_avx512
#define KERNELS_NAME "avx512"
#include "kernels_template.h"
#pragma clang attribute pop
#endif
