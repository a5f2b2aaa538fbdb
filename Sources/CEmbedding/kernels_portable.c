// What the compiler's baseline has: NEON on arm64, whose fused multiply-add is one instruction, or SSE2 on x86-64,
// where it is a call and so correct but slow.
#define LANES 4
#define PANEL_VECTORS 4
#define TILE_ROWS 4
#define KERNELS codira_kernels_portable
#define KERNELS_NAME "portable"
#include "kernels_template.h"
