/* Does what the first word of a source says: every way an analyzer can break its contract with a file. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "fixture.h"

static volatile int sink_of_time;

static void spin(void) {
  for (;;) sink_of_time++;
}

static void touch_memory_without_end(void) {
  for (;;) {
    char *block = malloc(1 << 20);
    if (block == NULL) abort();
    memset(block, 1, 1 << 20);
  }
}

static int overflow_stack(int depth) {
  volatile char frame[4096];
  frame[0] = (char)depth;
  return overflow_stack(depth + 1) + frame[0];
}

static void report_without_end(const codira_sink *sink) {
  for (;;) report_word(sink);
}

static void write_to(int descriptor) {
  const char line[] = "this is not what anybody asked for\n";
  if (write(descriptor, line, sizeof line - 1) < 0) return;
}

/* Behaviours that never come back, or do damage outside the sink. */
static void misbehave(const codira_source *source, const codira_sink *sink) {
  if (begins(source, "segfault")) *(volatile int *)8 = 1;
  if (begins(source, "abort")) {
    fputs("assertion failed: it was to be expected\n", stderr);
    abort();
  }
  if (begins(source, "trap")) __builtin_trap();
  if (begins(source, "exit")) exit(0);
  if (begins(source, "status")) _exit(7);
  if (begins(source, "loop")) spin();
  if (begins(source, "sleep")) sleep(3600);
  if (begins(source, "memory")) touch_memory_without_end();
  if (begins(source, "stack")) overflow_stack(0);
  if (begins(source, "output")) report_without_end(sink);
  if (begins(source, "close")) {
    close(3);
    spin();
  }
  if (begins(source, "socket")) write_to(3);
  if (begins(source, "stdout")) {
    for (int i = 0; i < 10000; i++) write_to(1);
  }
  if (begins(source, "stderr")) {
    for (int i = 0; i < 10000; i++) write_to(2);
  }
}

/* Symbols that must not be taken. */
static void spoil_symbol(const codira_source *source, codira_symbol *symbol) {
  static codira_candidate candidate = {TEXT("fixture io/"), NULL, 0, 0};
  static codira_string members[17];
  static codira_span spans[] = {{2, 3}, {0, 1}};
  if (begins(source, "utf8")) symbol->name = (codira_string){"a\xFF\xC0z", 4};
  if (begins(source, "inverted")) symbol->range = first_line(4, 2);
  if (begins(source, "beyond")) symbol->range = first_line(0, 4000);
  if (begins(source, "line")) symbol->name_range.end.line = 2;
  if (begins(source, "column")) symbol->name_range.start.column = 9;
  if (begins(source, "kind")) symbol->kind = 99;
  if (begins(source, "visibility")) symbol->visibility = 9;
  if (begins(source, "flags")) symbol->flags = 1u << 20;
  if (begins(source, "language")) symbol->id = text("python word.");
  if (begins(source, "syntax")) symbol->id = text("fixture wo rd");
  if (begins(source, "empty")) symbol->id = text("");
  if (begins(source, "parent")) symbol->parent = symbol->id;
  if (begins(source, "parameters")) symbol->parameters_min = -3;
  if (begins(source, "size")) symbol->size = 16;
  if (begins(source, "huge")) symbol->name.length = (size_t)1 << 40;
  if (begins(source, "negative")) symbol->name.length = (size_t)-1;
  if (begins(source, "null")) symbol->name.data = NULL;
  if (begins(source, "pointer")) symbol->alias_count = 3;
  if (begins(source, "spans")) {
    symbol->payload = spans;
    symbol->payload_count = 2;
  }
  if (begins(source, "span beyond")) {
    spans[1].end = 4000;
    symbol->payload = spans + 1;
    symbol->payload_count = 1;
  }
  candidate.flags = begins(source, "receiver") ? CODIRA_CANDIDATE_RECEIVER : begins(source, "candidate") ? 64 : 0;
  if (begins(source, "members")) {
    candidate.members = members;
    candidate.member_count = 17;
  }
  if (begins(source, "receiver") || begins(source, "candidate") || begins(source, "members")) {
    symbol->aliases = &candidate;
    symbol->alias_count = 1;
  }
}

/* References that must not be taken. */
static void report_spoilt_reference(const codira_source *source, const codira_sink *sink) {
  codira_reference reference = word_reference();
  codira_candidate candidate = {TEXT("no id at all"), NULL, 0, 0};
  if (begins(source, "ref role")) reference.role = 258;
  if (begins(source, "ref external")) reference.external_kind = 9;
  if (begins(source, "ref flags")) reference.flags = 6;
  if (begins(source, "ref arguments")) reference.argument_count = -2;
  if (begins(source, "ref owner")) reference.owner = text("fixture nobody.");
  if (begins(source, "ref inverted")) reference.range = first_line(4, 2);
  if (begins(source, "ref line")) reference.range.start.line = 3;
  if (begins(source, "ref labels")) reference.label_count = 4;
  if (begins(source, "ref utf8")) reference.name = (codira_string){"a\xFF\xC0z", 4};
  if (begins(source, "ref root")) {
    reference.candidates = &candidate;
    reference.candidate_count = 1;
  }
  sink->reference(sink->context, &reference);
}

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
  (void)instance;
  misbehave(source, sink);
  if (begins(source, "nothing")) sink->symbol(sink->context, NULL);
  codira_symbol symbol = word_symbol();
  spoil_symbol(source, &symbol);
  sink->symbol(sink->context, &symbol);
  if (begins(source, "duplicate")) sink->symbol(sink->context, &symbol);
  if (begins(source, "ref ")) report_spoilt_reference(source, sink);
  if (begins(source, "result")) return 77;
  if (begins(source, "failed")) {
    sink->message(sink->context, text("this source is unreadable"));
    return CODIRA_RESULT_FAILED;
  }
  if (begins(source, "not mine")) return CODIRA_RESULT_NOT_MINE;
  return CODIRA_RESULT_OK;
}
