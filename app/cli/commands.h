#pragma once

#include <CLI/CLI.hpp>

namespace noiseglass::cli {

/// A subcommand adds itself, its options, its help and what it does. One .cpp each, and one line in all_commands.
using AddCommand = void (*)(CLI::App& program);

void add_schedule(CLI::App& program);
void add_corrupt(CLI::App& program);
void add_reverse(CLI::App& program);
void add_sample(CLI::App& program);
void add_denoise(CLI::App& program);
void add_trajectory(CLI::App& program);
void add_train_2d(CLI::App& program);
void add_nearest(CLI::App& program);
void add_export(CLI::App& program);
void add_lesson_report(CLI::App& program);
void add_lists(CLI::App& program);  ///< models, schedules, samplers, denoisers, spacings

constexpr AddCommand all_commands[] = {add_schedule, add_corrupt,  add_reverse,      add_sample,
                                       add_denoise,  add_train_2d, add_lists,        add_trajectory,
                                       add_nearest,  add_export,   add_lesson_report};

}  // namespace noiseglass::cli
