#include "CEmbedding.h"

extern const codira_kernels codira_kernels_portable;

#if defined(__x86_64__)
extern const codira_kernels codira_kernels_avx2;
extern const codira_kernels codira_kernels_avxvnni;
extern const codira_kernels codira_kernels_avx512;
extern const codira_kernels codira_kernels_avx512vnni;
extern const codira_kernels codira_kernels_avx512bf16;
#endif

const codira_kernels *codira_kernels_at(size_t index) {
  const codira_kernels *found[7] = {0};
  size_t count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bf16"))
      found[count++] = &codira_kernels_avx512bf16;
    if (__builtin_cpu_supports("avx512vnni")) found[count++] = &codira_kernels_avx512vnni;
    found[count++] = &codira_kernels_avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    if (__builtin_cpu_supports("avxvnni")) found[count++] = &codira_kernels_avxvnni;
    found[count++] = &codira_kernels_avx2;
  }
#endif
  found[count++] = &codira_kernels_portable;
  return index < count ? found[index] : 0;
}

const codira_kernels *codira_kernels_best(void) { return codira_kernels_at(0); }
