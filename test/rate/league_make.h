/* Small frameworks for tests of the arithmetic, and room for what comes out. */
#ifndef LEAGUE_MAKE_H
#define LEAGUE_MAKE_H

#include "check.h"
#include "rate_i.h"

#define NONE ((double)NAN)

/* Judge and hand back arrays that live in the arena. */
static inline fpt_league_output judge(fpt_arena *arena, const fpt_league *rules,
                                      const fpt_league_input *in)
{
    fpt_league_work work;
    fpt_league_output out;
    assert_true(fpt_league_work_make(arena, rules, in->places, &work));
    assert_true(fpti_output_make(arena, rules, in->places, &out));
    fpt_league_judge(rules, in, &work, &out);
    return out;
}

#endif /* LEAGUE_MAKE_H */
