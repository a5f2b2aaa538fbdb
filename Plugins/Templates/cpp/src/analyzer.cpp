// What the analyzer says of itself, and its life: one instance, one file after the other.
#include <new>

#include "reader.hpp"

struct codira_instance {};

namespace {

using namespace __PREFIX___analyzer;

constexpr codira_string text(std::string_view literal) { return {literal.data(), literal.size()}; }

std::int32_t read(const codira_source &source, const codira_sink &sink) {
  const std::string_view path(source.path.data, source.path.length);
  const std::string_view bytes(reinterpret_cast<const char *>(source.bytes), source.byte_count);
  const bool is_utf16 = bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
  if (is_utf16) return CODIRA_RESULT_NOT_MINE;
  Reader reader(path, bytes);
  if (!reader.read(sink)) {
    sink.message(sink.context, text("Stopped by the host."));
    return CODIRA_RESULT_FAILED;
  }
  return reader.report().send(sink);
}

/// No exception may leave the shared object.
std::int32_t analyze(codira_instance *, const codira_source *source, const codira_sink *sink) {
  try {
    return read(*source, *sink);
  } catch (const std::bad_alloc &) {
    sink->message(sink->context, text("Memory is out."));
  } catch (...) {
    sink->message(sink->context, text("Something unexpected happened."));
  }
  return CODIRA_RESULT_FAILED;
}

codira_instance *create(const codira_host *, codira_string, const codira_project *, codira_string *reason) {
  auto *instance = new (std::nothrow) codira_instance;
  if (instance == nullptr) *reason = text("Memory is out.");
  return instance;
}

void destroy(codira_instance *instance) { delete instance; }

constexpr codira_string languages[] = {text("__NAME__")};
constexpr codira_string suffixes[] = {text("__SUFFIX__")};

const codira_analyzer analyzer = [] {
  codira_analyzer value{};
  value.size = sizeof value;
  value.abi_version = CODIRA_ABI_VERSION;
  value.capabilities = CODIRA_CAPABILITY_MODULE | CODIRA_CAPABILITY_TYPE | CODIRA_CAPABILITY_CALLABLE |
                       CODIRA_CAPABILITY_IMPORT | CODIRA_CAPABILITY_DOCUMENTATION;
  value.threads = CODIRA_THREADS_INDEPENDENT;
  value.id = text("__NAME__");
  value.version = text("1");
  value.languages = languages;
  value.suffixes = suffixes;
  value.language_count = 1;
  value.suffix_count = 1;
  value.create = create;
  value.analyze = analyze;
  value.destroy = destroy;
  return value;
}();

}  // namespace

extern "C" const codira_analyzer *codira_analyzer_entry(std::uint32_t host_abi) {
  return host_abi < CODIRA_ABI_VERSION ? nullptr : &analyzer;
}
