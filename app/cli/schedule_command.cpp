#include "cli/commands.h"
#include "cli/options.h"
#include "session/csv.h"

namespace noiseglass::cli {
namespace {

std::string table_of(const Schedule& schedule) {
  Csv table("t,beta,alpha,alpha_bar,sigma,snr_db,log_snr,posterior_variance,posterior_mean_x0,posterior_mean_xt",
            Csv::Infinity::allowed);  // the ratio of signal to noise of a clean picture
  for (int t = 0; t <= schedule.steps(); ++t) {
    // At t = 0 there is no step back, and x₀ is known.
    const Schedule::Posterior posterior = t == 0 ? Schedule::Posterior{.mean_x_0 = 1} : schedule.posterior(t, t - 1);
    table.add_row({double(t), schedule.beta(t), schedule.alpha(t), schedule.alpha_bar(t), schedule.sigma(t),
                   schedule.snr_db(t), schedule.log_snr(t), posterior.variance, posterior.mean_x_0,
                   posterior.mean_x_t});
  }
  return table.text();
}

}  // namespace

void add_schedule(CLI::App& program) {
  struct Options {
    ScheduleOptions schedule;
    SetOptions set;
    std::string csv = "-";
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("schedule", "Print a noise schedule as a table of numbers");
  command->add_option("NAME", options->schedule.name, "One of " + names_of(schedule_records()))->required();
  command->add_option("--steps", options->schedule.steps, "T, the number of steps")
      ->check(whole_number_from("--steps", 1, Schedule::max_steps))
      ->capture_default_str();
  options->set.add(*command, "the schedule (see noiseglass schedules --json)");
  command->add_option("--csv", options->csv, "Where to write the table")->type_name("FILE")->capture_default_str();
  command->footer(
      "Rows are t = 0 … T, t = 0 being the clean picture. snr_db = 10·log10(ᾱ/(1−ᾱ)); the posterior columns are the\n"
      "mean coefficients and the variance of q(x_{t−1} | x_t, x₀).\n\n"
      "Examples:\n"
      "  noiseglass schedule cosine --csv cosine.csv\n"
      "  noiseglass schedule linear --steps 50 --set scale_to_steps=false");
  command->callback([options] {
    const auto& [schedule, set, csv] = *options;
    write_whole(csv, table_of(make_schedule(schedule.name, schedule.steps, set.values_for(schedule.record()))));
  });
}

}  // namespace noiseglass::cli
