/* Shared inside base only. */
#ifndef FPT_BASE_I_H
#define FPT_BASE_I_H

/* gcc and clang have 128-bit integers; ISO C has not. */
__extension__ typedef __int128 fpti_int128;
__extension__ typedef unsigned __int128 fpti_uint128;

#endif /* FPT_BASE_I_H */
