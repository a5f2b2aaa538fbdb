/* Parses files with bare tree-sitter and nothing else: the floor that a structural index is measured against.
 *
 *   cc -O2 -I../../grammars/LANGUAGE/include parse.c ../../grammars/LANGUAGE/src/*.c \
 *     -I../../grammars/LANGUAGE/src -DLANGUAGE=tree_sitter_LANGUAGE -ltree-sitter -o parse
 *   ./parse PROCESSES < list-of-paths
 *
 * The list is dealt out to the processes in turn.  Prints files, bytes and wall seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <tree_sitter/api.h>
#include <unistd.h>

const TSLanguage *LANGUAGE(void);

static char **paths;
static size_t path_count;

static void read_list(void) {
  char line[8192];
  size_t capacity = 0;
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (path_count == capacity) {
      capacity = capacity ? capacity * 2 : 1024;
      paths = realloc(paths, capacity * sizeof *paths);
    }
    paths[path_count++] = strdup(line);
  }
}

static size_t parse_file(TSParser *parser, const char *path, char **buffer, size_t *capacity) {
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  size_t length = 0, got;
  do {
    if (length + 65536 > *capacity) {
      *capacity = (length + 65536) * 2;
      *buffer = realloc(*buffer, *capacity);
    }
    got = fread(*buffer + length, 1, 65536, file);
    length += got;
  } while (got);
  fclose(file);
  TSTree *tree = ts_parser_parse_string(parser, NULL, *buffer, (uint32_t)length);
  ts_tree_delete(tree);
  return length;
}

static size_t parse_share(size_t first, size_t step) {
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, LANGUAGE());
  char *buffer = NULL;
  size_t capacity = 0, bytes = 0;
  for (size_t i = first; i < path_count; i += step) bytes += parse_file(parser, paths[i], &buffer, &capacity);
  free(buffer);
  ts_parser_delete(parser);
  return bytes;
}

int main(int argc, char **argv) {
  size_t processes = argc > 1 ? (size_t)atoi(argv[1]) : 1;
  if (processes < 1) return 2;
  read_list();
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  int results[2];
  if (pipe(results)) return 1;
  for (size_t i = 0; i < processes; i++)
    if (fork() == 0) {
      size_t bytes = parse_share(i, processes);
      _exit(write(results[1], &bytes, sizeof bytes) == sizeof bytes ? 0 : 1);
    }
  size_t total = 0, bytes;
  for (size_t i = 0; i < processes; i++)
    if (read(results[0], &bytes, sizeof bytes) == sizeof bytes) total += bytes;
  while (wait(NULL) > 0) {}
  clock_gettime(CLOCK_MONOTONIC, &end);
  double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
  printf("files %zu bytes %zu processes %zu seconds %.3f\n", path_count, total, processes, seconds);
  return 0;
}
