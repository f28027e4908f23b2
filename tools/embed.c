/*
 * Files as C arrays: embed NAME FILE... > out.h. Each file becomes a name (its
 * last part) and its bytes, in the order given.
 */
#include <stdio.h>
#include <string.h>

static int embed_bytes(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "embed: cannot read %s\n", path);
        return 1;
    }
    int byte, column = 0;
    while ((byte = fgetc(file)) != EOF) {
        if (column == 0) printf("    ");
        printf("%d,", byte);
        if (++column == 20) {
            printf("\n");
            column = 0;
        }
    }
    printf("%s", column == 0 ? "" : "\n");
    fclose(file);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    for (int i = 2; i < argc; i++) {
        printf("static const unsigned char %s_%d[] = {\n", argv[1], i - 2);
        if (embed_bytes(argv[i]) != 0) return 1;
        printf("    0};\n");
    }
    printf("static const struct {\n    const char *name;\n"
           "    const unsigned char *bytes;\n    size_t size;\n} %s[] = {\n",
           argv[1]);
    for (int i = 2; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/');
        printf("    {\"%s\", %s_%d, sizeof %s_%d - 1},\n",
               slash != NULL ? slash + 1 : argv[i], argv[1], i - 2, argv[1],
               i - 2);
    }
    printf("};\n");
    return 0;
}
