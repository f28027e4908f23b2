/*
 * Draws, codes and names: what every part of the nation is made with.
 */
#include <stdio.h>

#include "synth_i.h"

fpt_rng fpti_synth_rng(const fpti_nation *n, size_t entity, size_t trial,
                       enum fpti_purpose purpose)
{
    return fpt_rng_make(n->seed, (uint32_t)trial, (uint32_t)entity,
                        (uint32_t)purpose);
}

/* A sum of twelve has variance 1: no logarithm, so the same on any machine. */
double fpti_synth_normal(fpt_rng *rng)
{
    double sum = 0.0;
    for (int i = 0; i < 12; i++)
        sum += fpt_rng_uniform(rng);
    return sum - 6.0;
}

double fpti_synth_between(fpt_rng *rng, double low, double high)
{
    return low + (high - low) * fpt_rng_uniform(rng);
}

int64_t fpti_synth_whole(fpt_rng *rng, double x)
{
    const double u = fpt_rng_uniform(rng);
    return x <= 0.0 ? 0 : (int64_t)(x + u);
}

/* Nobody takes a colour for a county. */
const char *fpti_synth_colour(size_t system)
{
    static const char *const colours[] = {
        "Cobalt",      "Crimson",  "Indigo",   "Ochre",    "Vermilion",
        "Viridian",    "Azure",    "Beige",    "Bronze",   "Burgundy",
        "Carmine",     "Cerise",   "Cerulean", "Charcoal", "Chartreuse",
        "Cinnabar",    "Copper",   "Coral",    "Cyan",     "Ebony",
        "Emerald",     "Fuchsia",  "Gamboge",  "Gold",     "Heliotrope",
        "Khaki",       "Lavender", "Lilac",    "Magenta",  "Maroon",
        "Mauve",       "Puce",     "Russet",   "Sapphire", "Scarlet",
        "Sepia",       "Sienna",   "Taupe",    "Teal",     "Turquoise",
        "Ultramarine", "Umber",    "Violet",   "Zaffre"};
    return colours[system % (sizeof colours / sizeof *colours)];
}

const char *fpti_synth_landscape(size_t commissioner_of_system)
{
    static const char *const lands[] = {"Vale",  "Hills", "Moor", "Marsh",
                                        "Heath", "Wold",  "Fen",  "Dale"};
    return lands[commissioner_of_system % (sizeof lands / sizeof *lands)];
}

void fpti_synth_code3(char out[4], const char *const *stems, size_t index)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const size_t each = sizeof digits - 1;
    snprintf(out, 4, "%s%c", stems[index / each], digits[index % each]);
}

size_t fpti_synth_system_of(const fpti_nation *n, size_t commissioner,
                            fpti_when when)
{
    const struct fpti_commissioner *c = &n->commissioner[commissioner];
    return when >= FPTI_2018 ? c->system_2018 : c->system;
}

/* The fourth system takes a longer name in April 2018. */
const char *fpti_synth_system_name(const fpti_nation *n, size_t system,
                                   fpti_when when)
{
    if (system == 3 && when >= FPTI_2018) return "Ochre and the Lowlands";
    return n->system[system].name;
}
