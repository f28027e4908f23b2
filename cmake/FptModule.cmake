# fpt_module(NAME measure SOURCES a.c b.c NEEDS registry num LINKS fpt::rmath)
#
# One module of the house: a static library that sees the headers of the modules
# it needs, and of what those stand on, and no others. An upward #include fails
# with "No such file". The list of sources is explicit and must equal the folder.
function(fpt_module)
  cmake_parse_arguments(M "" "NAME" "SOURCES;NEEDS;LINKS" ${ARGN})
  file(GLOB found RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  set(listed ${M_SOURCES})
  list(SORT found)
  list(SORT listed)
  if(NOT "${found}" STREQUAL "${listed}")
    message(FATAL_ERROR "src/${M_NAME}: SOURCES do not equal the .c files of the folder\n"
                        "  listed: ${listed}\n  found:  ${found}")
  endif()
  add_library(fpt_${M_NAME} STATIC ${M_SOURCES})
  target_include_directories(fpt_${M_NAME}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  list(TRANSFORM M_NEEDS PREPEND fpt_)
  target_link_libraries(fpt_${M_NAME} PUBLIC ${M_NEEDS} PRIVATE fpt_flags ${M_LINKS})
  set_property(GLOBAL APPEND PROPERTY FPT_MODULES ${M_NAME})
endfunction()

# fpt_test(NAME test_arena MODULE base [SOURCES helper.c] [LABELS unit threads])
#
# One cmocka program from test/MODULE/NAME.c. It may see the module's own folder,
# so that private functions can be tested. Label `threads` has it run under
# ThreadSanitizer too; `real` is for tests on published files, which end with 77
# where these are missing.
function(fpt_test)
  cmake_parse_arguments(T "" "NAME;MODULE" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${T_NAME} ${T_MODULE}/${T_NAME}.c ${T_SOURCES})
  target_include_directories(${T_NAME} PRIVATE
    ${CMAKE_SOURCE_DIR}/test ${CMAKE_SOURCE_DIR}/src/${T_MODULE})
  target_link_libraries(${T_NAME} PRIVATE fpt_${T_MODULE} fpt_flags fpt::cmocka m ${T_LINKS})
  add_test(NAME ${T_MODULE}/${T_NAME} COMMAND ${T_NAME}
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(NOT T_LABELS)
    set(T_LABELS unit)
  endif()
  set_tests_properties(${T_MODULE}/${T_NAME} PROPERTIES
    LABELS "${T_LABELS}" TIMEOUT 600 SKIP_RETURN_CODE 77)
  if("threads" IN_LIST T_LABELS)
    add_dependencies(fpt_threads_tests ${T_NAME})
  endif()
endfunction()

# fpt_lanes(plain.c avx2.c avx512.c): the sources of a module that hold the same
# kernels for three levels of vector instructions. They are optimised in every
# build; without traps to keep, comparisons become selections, with equal bits.
function(fpt_lanes plain avx2 avx512)
  set(common -O3 -fno-trapping-math)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    set(flags_avx2 -mavx2)
    set(flags_avx512 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mprefer-vector-width=512)
  endif()
  set_source_files_properties(${plain} PROPERTIES COMPILE_OPTIONS "${common}")
  set_source_files_properties(${avx2} PROPERTIES COMPILE_OPTIONS "${common};${flags_avx2}")
  set_source_files_properties(${avx512} PROPERTIES COMPILE_OPTIONS "${common};${flags_avx512}")
endfunction()
