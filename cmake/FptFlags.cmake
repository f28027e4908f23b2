# Flags for every target of the project, through one interface library.
add_library(fpt_flags INTERFACE)
target_compile_options(fpt_flags INTERFACE
  $<$<COMPILE_LANGUAGE:C>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wsign-conversion -Wcast-qual -Wwrite-strings -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wundef -Wdouble-promotion -Wformat=2 -Werror>
  # Numbers agree between machines: no fused multiply-add behind our back.
  -ffp-contract=off -fno-math-errno
  # Our own calls stay our own in the shared library, so they can be inlined.
  -fno-semantic-interposition
  # The same bytes from any folder.
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -ffile-prefix-map=${CMAKE_BINARY_DIR}=build)
target_compile_definitions(fpt_flags INTERFACE _XOPEN_SOURCE=700)

if(FPT_SANITIZE)
  target_compile_options(fpt_flags INTERFACE -fsanitize=${FPT_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(fpt_flags INTERFACE -fsanitize=${FPT_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_options(fpt_flags INTERFACE -U_FORTIFY_SOURCE
    -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
endif()
if(FPT_COVERAGE)
  target_compile_options(fpt_flags INTERFACE --coverage -O0
    -fprofile-update=atomic)
  target_link_options(fpt_flags INTERFACE --coverage)
endif()
