# What Footprint stands on. Debian's packages are listed in tools/packages.txt,
# npm's in package-lock.json; `./dev setup` installs both.
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)

function(fpt_find name header library package)
  find_path(FPT_${name}_INCLUDE ${header})
  find_library(FPT_${name}_LIBRARY ${library})
  if(NOT FPT_${name}_INCLUDE OR NOT FPT_${name}_LIBRARY)
    message(FATAL_ERROR "${name} was not found: run ./dev setup (${package})")
  endif()
  add_library(fpt::${name} UNKNOWN IMPORTED)
  set_target_properties(fpt::${name} PROPERTIES
    IMPORTED_LOCATION ${FPT_${name}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${FPT_${name}_INCLUDE})
endfunction()

fpt_find(yaml yaml.h yaml libyaml-dev)
fpt_find(sodium sodium.h sodium libsodium-dev)
fpt_find(jansson jansson.h jansson libjansson-dev)
fpt_find(expat expat.h expat libexpat1-dev)
fpt_find(rmath Rmath.h Rmath r-mathlib)
fpt_find(geos geos_c.h geos_c libgeos-dev)
fpt_find(proj proj.h proj libproj-dev)
if(FPT_TESTS)
  fpt_find(cmocka cmocka.h cmocka libcmocka-dev)
endif()

# DuckDB comes prebuilt in an npm package, its header in another.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  set(FPT_DUCKDB_ARCH arm64)
else()
  set(FPT_DUCKDB_ARCH x64)
endif()
set(FPT_NODE_MODULES ${CMAKE_SOURCE_DIR}/node_modules CACHE PATH
    "Where npm put its packages")
set(FPT_DUCKDB_LIBRARY
    ${FPT_NODE_MODULES}/@duckdb/node-bindings-linux-${FPT_DUCKDB_ARCH}/libduckdb.so)
set(FPT_DUCKDB_INCLUDE ${FPT_NODE_MODULES}/duckdb/src/duckdb/src/include)
if(NOT EXISTS ${FPT_DUCKDB_LIBRARY} OR NOT EXISTS ${FPT_DUCKDB_INCLUDE}/duckdb.h)
  message(FATAL_ERROR "DuckDB was not found under ${FPT_NODE_MODULES}: run ./dev setup")
endif()
# The header lies beside DuckDB's own C++ headers: take it alone.
configure_file(${FPT_DUCKDB_INCLUDE}/duckdb.h
               ${CMAKE_BINARY_DIR}/duckdb/duckdb.h COPYONLY)
add_library(fpt::duckdb SHARED IMPORTED)
set_target_properties(fpt::duckdb PROPERTIES
  IMPORTED_LOCATION ${FPT_DUCKDB_LIBRARY}
  IMPORTED_NO_SONAME TRUE
  INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${CMAKE_BINARY_DIR}/duckdb
  INTERFACE_INCLUDE_DIRECTORIES ${CMAKE_BINARY_DIR}/duckdb)
