#include "fpt/state.h"

const char *fpt_state_word(fpt_state state)
{
#define FPT_STATE_CASE(name, text)                                             \
    case FPT_STATE_##name:                                                     \
        return #name;
    switch (state) {
        FPT_STATE_LIST(FPT_STATE_CASE)
    case FPT_STATE_COUNT:
        break;
    }
#undef FPT_STATE_CASE
    return "UNKNOWN";
}

const char *fpt_state_text(fpt_state state)
{
#define FPT_STATE_CASE(name, text)                                             \
    case FPT_STATE_##name:                                                     \
        return text;
    switch (state) {
        FPT_STATE_LIST(FPT_STATE_CASE)
    case FPT_STATE_COUNT:
        break;
    }
#undef FPT_STATE_CASE
    return "unknown state";
}

bool fpt_state_find(fpt_str word, fpt_state *out)
{
    for (int i = 0; i < FPT_STATE_COUNT; i++) {
        if (!fpt_str_equal(word, fpt_str_from(fpt_state_word((fpt_state)i))))
            continue;
        *out = (fpt_state)i;
        return true;
    }
    return false;
}
