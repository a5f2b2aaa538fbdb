# What an analyzer in C or C++ is built with: find_package(codira-analyzer REQUIRED)
#
#   codira_analyzer::interface                 the folder of codira_analyzer.h, as a target
#   codira_add_analyzer(NAME SOURCE...)        the target NAME: libcodira-NAME.so, which exports its entry alone and
#                                              brings its C++ library along
#
# Places are relative to this file: an installation may be moved.
get_filename_component(codira_analyzer_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(codira_analyzer_EXPORTS "${codira_analyzer_PREFIX}/share/codira/exports.map")

if(NOT TARGET codira_analyzer::interface)
  add_library(codira_analyzer::interface INTERFACE IMPORTED)
  set_target_properties(codira_analyzer::interface PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${codira_analyzer_PREFIX}/include")
endif()

function(codira_add_analyzer name)
  add_library(${name} MODULE ${ARGN})
  target_link_libraries(${name} PRIVATE codira_analyzer::interface)
  set_target_properties(${name} PROPERTIES
    PREFIX "" OUTPUT_NAME "libcodira-${name}" SUFFIX ".so"
    LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}"
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_options(${name} PRIVATE
    "LINKER:--version-script=${codira_analyzer_EXPORTS}" "LINKER:--no-undefined" "LINKER:--as-needed"
    "$<$<LINK_LANGUAGE:CXX>:-static-libstdc++;-static-libgcc>")
endfunction()
