/* A worker without an analyzer: it answers each file with the bytes that the file of that path holds.
 *
 * Such a file is what the fuzzers read: two bytes of length, a source, and the content of a frame. SANDBOX and
 * DESCRIPTOR are those whose frames a worker begins with. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned char request[1 << 20], answer[1 << 20];

static int fill(unsigned char *place, size_t count) {
  while (count > 0) {
    ssize_t got = read(3, place, count);
    if (got <= 0) return 0;
    place += got;
    count -= (size_t)got;
  }
  return 1;
}

static size_t receive(void) {
  unsigned char head[4];
  if (!fill(head, 4)) exit(0);
  size_t count = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
  if (count > sizeof request || !fill(request, count)) exit(0);
  return count;
}

static void send_frame(const unsigned char *content, size_t count) {
  unsigned char head[4] = {count & 255, count >> 8 & 255, count >> 16 & 255, count >> 24 & 255};
  if (write(3, head, 4) != 4 || write(3, content, count) != (ssize_t)count) exit(0);
}

static void replay(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) exit(9);
  size_t count = fread(answer, 1, sizeof answer, file);
  fclose(file);
  size_t start = 2 + (answer[0] | (size_t)answer[1] << 8);
  if (start > count) exit(9);
  send_frame(answer + start, count - start);
}

static size_t number(size_t *place) {
  size_t value = 0;
  for (int shift = 0;; shift += 7) {
    unsigned char byte = request[(*place)++];
    value |= (size_t)(byte & 127) << shift;
    if (byte < 128) return value;
  }
}

int main(void) {
  // As every worker does: who waits for the end of another process that was started meanwhile would wait for this one.
  closefrom(4);
  receive();
  replay(SANDBOX);
  replay(DESCRIPTOR);
  unsigned char ready = 18;
  send_frame(&ready, 1);
  for (;;) {
    char path[4096] = "";
    size_t place = 1;
    receive();
    if (request[0] != 2) return 0;
    number(&place);
    size_t length = number(&place);
    if (length >= sizeof path) return 9;
    memcpy(path, request + place, length);
    replay(path);
  }
}
