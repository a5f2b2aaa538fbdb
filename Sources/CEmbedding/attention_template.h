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

// One head of a sequence as its tiles read it: queries and weights are rows, keys panels, values rows of a panel each.
typedef struct {
  const float *queries, *keys, *values;
  size_t query_stride, value_stride;
  size_t depth;    // of a query and a key
  size_t tokens;   // depth of the weights and the values
} attended_head;

// Tiles of `rows` query rows: scores with every key, weights of them, the weighted sum of values. `halves`: rows and
// panels are those of round16.
INLINE void attend_rows(int whole, int halves, size_t rows, size_t first, float *context, size_t context_stride,
                        const attended_head *head, const codira_attention *a, float *scores) {
  static const float zeros[PANEL] = {0};
  const float *queries = head->queries + first * head->query_stride;
  int pairs = halves && HAS_PAIRS;
  size_t padded = (a->length + PANEL - 1) / PANEL * PANEL;
  product score = {.bias = zeros, .depth = head->depth, .stride = PANEL, .columns = PANEL, .epilogue = CODIRA_STORE};
  for (size_t left = 0; left < padded; left += PANEL) {
    const float *keys = head->keys + left * head->depth;
    if (whole)
      tile(TILE_ROWS, pairs, scores + left, padded, queries, head->query_stride, keys, &score);
    else
      rest(rows, pairs, scores + left, padded, queries, head->query_stride, keys, &score);
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
    if (halves) round16(row, row, 0, 1, columns);
  }
  for (size_t left = 0; left < a->width; left += PANEL) {
    product sum = {.bias = zeros,
                   .depth = head->tokens,
                   .stride = head->value_stride,
                   .columns = a->width - left < PANEL ? a->width - left : PANEL,
                   .epilogue = CODIRA_STORE};
    if (whole)
      tile(TILE_ROWS, pairs, context + left, context_stride, scores, padded, head->values + left, &sum);
    else
      rest(rows, pairs, context + left, context_stride, scores, padded, head->values + left, &sum);
  }
  for (size_t r = 0; r < rows; r++)
    for (size_t n = 0; n < a->width; n++) context[r * context_stride + n] *= inverse[r];
}

INLINE void attend_head(int halves, float *context, size_t context_stride, const attended_head *head,
                        const codira_attention *a, float *scores) {
  size_t row = 0;
  for (; row + TILE_ROWS <= a->length; row += TILE_ROWS)
    attend_rows(1, halves, TILE_ROWS, row, context + row * context_stride, context_stride, head, a, scores);
  if (row < a->length)
    attend_rows(0, halves, a->length - row, row, context + row * context_stride, context_stride, head, a, scores);
}

static size_t padded_to_panel(size_t count) { return (count + PANEL - 1) / PANEL * PANEL; }

// The scores of a tile, the keys of a head; of `attend16` its rounded queries, keys and values too.
static size_t attend_scratch(size_t length, size_t width) {
  size_t floats = padded_to_panel(length) * (width + TILE_ROWS);
  return floats + length * (2 * width + padded_to_panel(width));
}

static void attend(float *context, size_t context_stride, const float *queries, const float *keys,
                   const float *values, const codira_attention *a, float *scratch) {
  float *scores = scratch + padded_to_panel(a->length) * a->width;
  for (size_t place = 0; place < a->heads * a->width; place += a->width) {
    pack(scratch, keys + place, a->width, a->length, 1, a->stride);
    attended_head head = {queries + place, scratch, values + place, a->stride, a->stride, a->width, a->length};
    attend_head(0, context + place, context_stride, &head, a, scores);
  }
}

static void attend16(float *context, size_t context_stride, const float *queries, const float *keys,
                     const float *values, const codira_attention *a, float *scratch) {
  size_t depth = round16_size(a->width) / sizeof(float), tokens = round16_size(a->length) / sizeof(float);
  size_t value_stride = padded_to_panel(a->width);
  float *scores = scratch + padded_to_panel(a->length) * a->width;
  float *rounded_queries = scores + padded_to_panel(a->length) * TILE_ROWS;
  float *rounded_keys = rounded_queries + a->length * a->width;
  float *rounded_values = rounded_keys + a->length * a->width;
  for (size_t place = 0; place < a->heads * a->width; place += a->width) {
    round16(rounded_queries, queries + place, a->stride, a->length, a->width);
    round16(rounded_keys, keys + place, a->stride, a->length, a->width);
    pack(scratch, rounded_keys, depth, a->length, 1, depth);
    stack16(rounded_values, value_stride, values + place, a->stride, a->length, a->width);
    attended_head head = {rounded_queries, scratch, rounded_values, depth, value_stride, depth, tokens};
    attend_head(1, context + place, context_stride, &head, a, scores);
  }
}
