// Attention, query by query in tiles, so that the scores of a tile stay in the first-level cache.

// Scores that count for nothing.
#define NOTHING -3.0e38f

// Scores become exp(scale * (score - the highest)), those that are NOTHING zero; the inverse of their sum is returned.
INLINE float soften(float *row, size_t columns, float scale) {
  wide best = *(const wide *)row;
  for (size_t n = 16; n < columns; n += 16) best = BIGGER(best, *(const wide *)(row + n));
  float highest = largest16(best);
  wide total = ALL(0.0f);
  for (size_t n = 0; n < columns; n += 16) {
    wide v = *(const wide *)(row + n), e;
    EXP(e, (v - highest) * scale);
    wide_int none = v <= NOTHING;
    e = none ? ALL(0.0f) : e;
    total += e;
    *(wide *)(row + n) = e;
  }
  return 1.0f / sum16(total);
}

// Tiles of `rows` query rows: scores with every key, weights of them, the weighted sum of values.
INLINE void attend_rows(int whole, size_t rows, size_t first, float *context, size_t context_stride,
                        const float *queries, const float *values, const codira_attention *a,
                        const float *keys, float *scores) {
  static const float zeros[PANEL] = {0};
  size_t padded = (a->length + PANEL - 1) / PANEL * PANEL;
  product score = {.bias = zeros, .depth = a->width, .stride = PANEL, .columns = PANEL, .epilogue = CODIRA_STORE};
  for (size_t left = 0; left < padded; left += PANEL) {
    if (whole)
      tile(TILE_ROWS, 0, scores + left, padded, queries, a->stride, keys + left * a->width, &score);
    else
      rest(rows, 0, scores + left, padded, queries, a->stride, keys + left * a->width, &score);
  }
  float inverse[TILE_ROWS];
  size_t columns = (a->length + 15) / 16 * 16;
  for (size_t r = 0; r < rows; r++) {
    float *row = scores + r * padded;
    size_t token = first + r;
    size_t start = token > a->reach ? token - a->reach : 0;
    size_t end = a->length - token > a->reach ? token + a->reach + 1 : a->length;
    for (size_t n = 0; n < start; n++) row[n] = NOTHING;
    for (size_t n = end; n < columns; n++) row[n] = NOTHING;
    inverse[r] = soften(row, columns, a->scale);
  }
  for (size_t left = 0; left < a->width; left += PANEL) {
    product sum = {.bias = zeros,
                   .depth = a->length,
                   .stride = a->stride,
                   .columns = a->width - left < PANEL ? a->width - left : PANEL,
                   .epilogue = CODIRA_STORE};
    if (whole)
      tile(TILE_ROWS, 0, context + left, context_stride, scores, padded, values + left, &sum);
    else
      rest(rows, 0, context + left, context_stride, scores, padded, values + left, &sum);
  }
  for (size_t r = 0; r < rows; r++)
    for (size_t n = 0; n < a->width; n++) context[r * context_stride + n] *= inverse[r];
}

static size_t attend_scratch(size_t length, size_t width) {
  return (length + PANEL - 1) / PANEL * PANEL * (width + TILE_ROWS);
}

static void attend(float *context, size_t context_stride, const float *queries, const float *keys,
                   const float *values, const codira_attention *a, float *scratch) {
  float *scores = scratch + (a->length + PANEL - 1) / PANEL * PANEL * a->width;
  for (size_t head = 0; head < a->heads; head++) {
    size_t place = head * a->width;
    pack(scratch, keys + place, a->width, a->length, 1, a->stride);
    size_t row = 0;
    for (; row + TILE_ROWS <= a->length; row += TILE_ROWS)
      attend_rows(1, TILE_ROWS, row, context + row * context_stride + place, context_stride,
                  queries + row * a->stride + place, values + place, a, scratch, scores);
    if (row < a->length)
      attend_rows(0, a->length - row, row, context + row * context_stride + place, context_stride,
                  queries + row * a->stride + place, values + place, a, scratch, scores);
  }
}
