#!/bin/sh
# A check that cannot fail checks nothing: each one of tools/lint.sh must accept
# a small clean project, and refuse it once a fault of its kind is in it.
#   lint_self.sh CC
set -eu
lint=$(cd "$(dirname "$0")/../.." && pwd)/tools/lint.sh
format=$(dirname "$lint")/../.clang-format
cc=$1
LINT_ROOT=$(mktemp -d)
export LINT_ROOT CC="$cc"
trap 'rm -rf "$LINT_ROOT"' EXIT
cd "$LINT_ROOT"
git init -q .
cp "$format" .clang-format
echo /build/ >.gitignore

# The clean project: two modules, the upper one built on the lower.
mkdir -p src/base/include/fpt src/top/include/fpt build/layers
echo 'int fpt_low(void);' >src/base/include/fpt/low.h
echo 'int fpt_high(void);' >src/top/include/fpt/high.h
for module in base top; do
    echo 'Half a page.' >src/$module/README.md
    : >src/$module/CMakeLists.txt
done
low='int fpt_low(void);
int fpt_low(void)
{
    static const char *const words[] = {"a", "b"};
    return words[1][0];
}'
echo base top >build/layers/order.txt
echo "$PWD/src/base/include" >build/layers/base.txt
printf '%s\n' "$PWD/src/top/include" "$PWD/src/base/include" >build/layers/top.txt

compile() { # module, file, text
    mkdir -p "build/src/$1"
    printf '%s\n' "$3" >"src/$1/$2.c"
    "$cc" -fPIC -fno-builtin -w -c "src/$1/$2.c" -o "build/src/$1/$2.c.o"
    ar rcs "build/src/$1/libfpt_$1.a" "build/src/$1"/*.o
    mkdir -p build/lib
    "$cc" -shared -o build/lib/libfootprint.so build/src/*/*.o
}
compile base low "$low"

fails() { ! sh "$lint" "$1" build >log 2>&1 || { echo "$2 passes as $1" >&2; exit 1; }; }
passes() { sh "$lint" "$1" build >log 2>&1 || { cat log >&2; exit 1; }; }
file_fault() { # check, file, text
    passes "$1"
    printf '%s\n' "$3" >"$2"
    fails "$1" "$2: $3"
    rm "$2"
    passes "$1"
}
built_fault() { # check, text of a function
    passes "$1"
    compile base fault "$2"
    fails "$1" "$2"
    rm build/src/base/fault.c.o build/src/base/libfpt_base.a src/base/fault.c
    compile base low "$low"
    passes "$1"
}

echo log >>.gitignore
file_fault format src/base/bad.c 'int  x ;'
file_fault length src/base/bad.c "$(yes '/* */' | head -1001)"
file_fault words notes.md 'To be done: TO''DO'
file_fault words notes.md 'see /wor''k/main/x'
file_fault words notes.md 'https://registr''y.example.org/package'
file_fault codes src/base/bad.c 'const char *x = "E54000005";'
file_fault codes src/base/bad.h 'const char *x = "RDY";'
file_fault codes src/base/bad.c 'const char *x = "A81001";'
file_fault codes src/base/bad.def 'X("07N")'
mkdir src/other && : >src/other/CMakeLists.txt
fails readme 'a module without a README'
yes line | head -61 >src/other/README.md
fails readme 'a README of 61 lines'
rm -r src/other
passes readme

for call in 'strcpy(a, b)' 'atoi(a)' 'malloc(4)' 'free(a)' 'exit(1)' 'abort()' \
    'printf("x")' 'puts(a)' 'time(0)' 'localtime(0)' 'setlocale(1, a)' 'rand()'; do
    built_fault banned "void fpt_f(char *a, char *b) { $call; }"
done
built_fault banned 'extern char *stdout; char *fpt_f(void) { return stdout; }'
for state in 'int fpt_state;' 'int fpt_state = 1;' 'static int s; int *fpt_f(void) { return &s; }' \
    'int fpt_f(void) { static int calls = 4; return ++calls; }' \
    '_Thread_local int fpt_state;' 'const char *fpt_word = "x";'; do
    built_fault globals "$state"
done
built_fault exports 'int other_name(void) { return 1; }'

passes layers
echo "$PWD/src/top/include" >>build/layers/base.txt
fails layers 'base sees top'
rm build/layers/order.txt
fails layers 'no list of layers'
rm -r build/src
fails banned 'nothing built'
fails globals 'nothing built'
echo 'every check can fail'
