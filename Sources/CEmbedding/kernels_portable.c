// What the compiler's baseline has: NEON on arm64, whose fused multiply-add is one instruction, or SSE2 on x86-64,
// where it is a call and so correct but slow.
#define LANES 4
#define PANEL_VECTORS 4
#define TILE_ROWS 4
#define CODE int16_t
#define WEIGHT int16_t
#define GROUP 2
#define LOW(pairs) (((pairs) << 16) >> 16)
#define HIGH(pairs) ((pairs) >> 16)
#define DOT(sum, a, b) ((sum) + LOW(a) * LOW(b) + HIGH(a) * HIGH(b))
#define KERNELS codira_kernels_portable
#define KERNELS_NAME "portable"
#include "kernels_template.h"
