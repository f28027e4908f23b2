# The shared library out of every module, and what `cmake --install` puts where.
# Modules are static libraries; the symbol map exports what begins with fpt_ and
# nothing else.
get_property(FPT_MODULES GLOBAL PROPERTY FPT_MODULES)

set(objects ${FPT_MODULES})
list(TRANSFORM objects REPLACE "(.+)" "$<TARGET_OBJECTS:fpt_\\1>")
set(archives ${FPT_MODULES})
list(TRANSFORM archives PREPEND fpt_)
set(FPT_SYMBOL_MAP ${CMAKE_SOURCE_DIR}/cmake/footprint.map)

add_library(fpt_shared SHARED ${objects})
# The archives add nothing that the objects have not; they bring what these link.
target_link_libraries(fpt_shared PRIVATE ${archives} fpt_flags)
target_link_options(fpt_shared PRIVATE -Wl,--version-script=${FPT_SYMBOL_MAP})
set_target_properties(fpt_shared PROPERTIES
  OUTPUT_NAME footprint
  VERSION ${PROJECT_VERSION}
  SOVERSION 0
  LINK_DEPENDS ${FPT_SYMBOL_MAP}
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib
  INSTALL_RPATH "$ORIGIN")
set_target_properties(footprint PROPERTIES
  INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")

# The manual page and the completions come from the command itself.
set(FPT_MADE ${CMAKE_BINARY_DIR}/made)
file(MAKE_DIRECTORY ${FPT_MADE})
add_custom_command(
  OUTPUT ${FPT_MADE}/footprint.1 ${FPT_MADE}/footprint ${FPT_MADE}/footprint.fish
  COMMAND footprint manual > ${FPT_MADE}/footprint.1
  COMMAND footprint completion bash > ${FPT_MADE}/footprint
  COMMAND footprint completion fish > ${FPT_MADE}/footprint.fish
  DEPENDS footprint VERBATIM)
add_custom_target(fpt_made ALL DEPENDS ${FPT_MADE}/footprint.1)

file(RELATIVE_PATH FPT_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${CMAKE_SOURCE_DIR}/cmake/footprint.pc.in
               ${CMAKE_BINARY_DIR}/footprint.pc @ONLY)

install(TARGETS footprint RUNTIME)
install(TARGETS fpt_shared LIBRARY)
# DuckDB comes from npm, so no package of the system brings it.
install(PROGRAMS ${FPT_DUCKDB_LIBRARY} DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(module ${FPT_MODULES})
  install(DIRECTORY src/${module}/include/fpt DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
          FILES_MATCHING PATTERN *.h)
endforeach()
install(DIRECTORY packs DESTINATION ${CMAKE_INSTALL_DATADIR}/footprint)
install(FILES ${CMAKE_BINARY_DIR}/footprint.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${FPT_MADE}/footprint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${FPT_MADE}/footprint
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${FPT_MADE}/footprint.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
