/*
 * How to read these pages: footprints, the unassigned, intervals, charts.
 */
#include "publish_i.h"

static const char *const text =
    "<main id=\"main\" class=\"nhsuk-main-wrapper\">\n<h1>About</h1>\n"
    "<h2>As it was then, and as on today’s footprints</h2>\n"
    "<p>Partnerships merge and borders move. A figure “as it was then” stands "
    "on the footprints of its own period. The same figure “on the footprints "
    "of” a day is restated: the small areas, practices and providers of then "
    "are put where they belong on that day, and what must be divided is "
    "shared out by residents in whole numbers, so that areas and unassigned "
    "always sum to the nation. The difference between the two at one date is "
    "the boundary part of a change; the rest is real.</p>\n"
    "<h2>Unassigned</h2>\n"
    "<p>Activity is published by provider. Steps, in a fixed order, place it; "
    "each row remembers which step did. What none places is unassigned, has "
    "its own line, and is never spread over the rest.</p>\n"
    "<h2>Intervals</h2>\n"
    "<p>A 95 per cent interval says how far chance alone could have moved a "
    "figure. Proportions have Wilson’s; rates the interval of a Poisson count, "
    "exact below ten events and Byar’s from ten. A count of everybody has "
    "none, "
    "and its page says so. Two intervals that overlap do not prove that two "
    "areas are alike.</p>\n"
    "<h2>Funnels</h2>\n"
    "<p>The narrow funnel is chance around the nation’s value. Areas differ "
    "for other reasons too, so with large numbers nearly all lie outside; the "
    "widened funnel adds that variance (additive model, after Spiegelhalter) "
    "and shows who is unusual even so.</p>\n"
    "<h2>Control charts</h2>\n"
    "<p>Each series is an XmR chart: the mean, and process limits at 2.66 "
    "times the mean moving range. Special causes follow Making Data Count: a "
    "point outside the limits, seven on one side, a trend of seven, two of "
    "three near a limit. Where a target is given, the chart also says whether "
    "the process will meet it. Targets that could not be verified in their "
    "publication are labelled so.</p>\n"
    "<h2>Where a number comes from</h2>\n"
    "<p>Every value is a link to the page with its formula, its numerator and "
    "denominator, the organisations or small areas that gave to it and the "
    "step that placed them, and the files by SHA-256.</p>\n"
    "<h2>What is not known</h2>\n"
    "<p>The page of a figure says why when it has none: not published, "
    "suppressed, suspect, or nothing to divide by. Nothing is filled in.</p>\n"
    "</main>\n";

fpt_status fpti_write_about(fpti_site *site, fpt_error *err)
{
    fpt_arena arena;
    fpti_page page;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = fpti_page_open(site, &arena, FPT_STR("about.html"),
                                       "About", FPT_STR("About"), &page, err);
    if (status == FPT_OK) {
        fpti_put_text(&page, text);
        status = fpti_page_close(&page, err);
    }
    fpt_arena_clear(&arena);
    return status;
}
