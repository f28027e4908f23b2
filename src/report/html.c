/*
 * Words and numbers into a page. Markup is ours; every text of a plan is
 * escaped, so that no name can become markup.
 */
#include "report_i.h"

void fpti_html(fpt_output *out, const char *markup)
{
    fpt_output_add(out, fpt_str_from(markup));
}

void fpti_html_text(fpt_output *out, fpt_str text)
{
    for (size_t i = 0; i < text.len; i++)
        switch (text.data[i]) {
        case '&':
            fpti_html(out, "&amp;");
            break;
        case '<':
            fpti_html(out, "&lt;");
            break;
        case '>':
            fpti_html(out, "&gt;");
            break;
        case '"':
            fpti_html(out, "&quot;");
            break;
        case '\'':
            fpti_html(out, "&#39;");
            break;
        default:
            fpt_output_add_char(out, text.data[i]);
        }
}

void fpti_html_word(fpt_output *out, const char *text)
{
    fpti_html_text(out, fpt_str_from(text));
}

void fpti_html_number(fpt_output *out, double value, int decimals)
{
    char text[FPT_NUMBER_BYTES];
    if (!isfinite(value)) {
        fpti_html(out, "not known");
        return;
    }
    const fpt_str shown = {text, fpt_print_fixed(value, decimals, text)};
    if (shown.len > 0 && shown.data[0] == '-') {
        fpti_html(out, "\xE2\x88\x92"); /* a minus sign, not a hyphen */
        fpt_output_add(out, fpt_str_slice(shown, 1, shown.len));
    } else {
        fpt_output_add(out, shown);
    }
}

void fpti_html_millions(fpt_output *out, double pounds)
{
    fpti_html_number(out, pounds / 1e6, 1);
}

void fpti_html_percent(fpt_output *out, double fraction)
{
    if (!isfinite(fraction)) {
        fpti_html(out, "not known");
        return;
    }
    /* Neither certain nor impossible is said of what was only not drawn. */
    if (fraction > 0.0 && fraction < 0.001) {
        fpti_html(out, "below 0.1\xC2\xA0%");
        return;
    }
    const bool small = fraction != 0.0 && fabs(fraction) < 0.1;
    fpti_html_number(out, 100.0 * fraction, small ? 1 : 0);
    fpti_html(out, "\xC2\xA0%");
}

void fpti_html_cell(fpt_output *out, fpt_str text)
{
    fpti_html(out, "<th scope=\"row\">");
    fpti_html_text(out, text);
    fpti_html(out, "</th>");
}

void fpti_html_head(fpt_output *out, const char *caption,
                    const char *const *column, size_t columns)
{
    fpti_html(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                   "aria-label=\"");
    fpti_html_word(out, caption);
    fpti_html(out, "\"><table><caption>");
    fpti_html_word(out, caption);
    fpti_html(out, "</caption><thead><tr>");
    for (size_t i = 0; i < columns; i++) {
        /* "<" before a name: a column of words, to the left. */
        const bool words = column[i][0] == '<';
        fpti_html(out, words ? "<th scope=\"col\" class=\"text\">"
                             : "<th scope=\"col\">");
        fpti_html_word(out, column[i] + (words ? 1 : 0));
        fpti_html(out, "</th>");
    }
    fpti_html(out, "</tr></thead><tbody>\n");
}

void fpti_html_end_table(fpt_output *out)
{
    fpti_html(out, "</tbody></table></div>\n");
}

/* ---- cells ---- */

void fpti_td_open(fpt_output *out)
{
    fpti_html(out, "<td>");
}

void fpti_td_millions(fpt_output *out, double pounds)
{
    fpti_td_open(out);
    fpti_html_millions(out, pounds);
    fpti_html(out, "</td>");
}

void fpti_td_number(fpt_output *out, double value, int decimals)
{
    fpti_td_open(out);
    fpti_html_number(out, value, decimals);
    fpti_html(out, "</td>");
}

void fpti_td_percent(fpt_output *out, double fraction)
{
    fpti_td_open(out);
    fpti_html_percent(out, fraction);
    fpti_html(out, "</td>");
}

void fpti_td_odds(fpt_output *out, const fpt_odds *o)
{
    fpti_td_open(out);
    fpti_html_percent(out, o->value);
    fpti_html(out, " <span class=\"of\">(");
    fpti_html_percent(out, o->lower);
    fpti_html(out, " to ");
    fpti_html_percent(out, o->upper);
    fpti_html(out, ")</span></td>");
}

void fpti_td_text(fpt_output *out, fpt_str text)
{
    fpti_html(out, "<td class=\"text\">");
    fpti_html_text(out, text);
    fpti_html(out, "</td>");
}

void fpti_html_share(fpt_output *out, double value, double lower, double upper)
{
    fpti_html(out, "<td>");
    fpti_html_percent(out, value);
    if (isfinite(lower) && isfinite(upper)) {
        fpti_html(out, " <span class=\"of\">(");
        fpti_html_percent(out, lower);
        fpti_html(out, " to ");
        fpti_html_percent(out, upper);
        fpti_html(out, ")</span>");
    }
    fpti_html(out, "</td>");
}

void fpti_html_with_error(fpt_output *out, double value, double error,
                          int decimals)
{
    fpti_html(out, "<td>");
    fpti_html_number(out, value, decimals);
    if (isfinite(value) && isfinite(error)) {
        fpti_html(out, " <span class=\"of\">\xC2\xB1\xC2\xA0");
        fpti_html_number(out, error, decimals);
        fpti_html(out, "</span>");
    }
    fpti_html(out, "</td>");
}

/* A part that could not be found says why; false then. */
bool fpti_html_answer(fpt_output *out, const fpt_report_answer *answer)
{
    if (answer->known) return true;
    fpti_html(out, "<p>Not known: ");
    fpti_html_word(out, answer->why_not.text);
    fpti_html(out, ".</p>\n");
    return false;
}
