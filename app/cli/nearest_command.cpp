#include "cli/commands.h"
#include "cli/denoiser_options.h"
#include "cli/options.h"
#include "session/csv.h"

#include "noiseglass/files.h"
#include "noiseglass/picture_set.h"

#include <iomanip>
#include <sstream>

namespace noiseglass::cli {
namespace {

struct Options {
  std::string pictures, model, set, csv = "-";
};

PictureSet choose_set(const Options& o) {
  if (o.set.empty() == o.model.empty())
    throw UsageError("Name the set to look in, with either --model NAME or --set FILE.json.");
  if (!o.set.empty()) return read_picture_set(o.set);
  const auto path = training_pictures_of(o.model);
  if (!path) throw UsageError("The training pictures of \"" + o.model + "\" do not come with the program.");
  return read_picture_set(*path);
}

void run(const Options& o) {
  const PictureSet set = choose_set(o);
  const std::vector<char> file = read_input(o.pictures);
  const std::vector<Image> pictures =
      is_npy_data(file) ? parse_npy(file, o.pictures) : std::vector<Image>{to_image(decode_picture(file, o.pictures))};
  std::ostringstream table;
  table << "picture,distance,nearest,flipped,dx,dy,name\n" << std::setprecision(9);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const Nearest found = nearest_in_set(pictures[i], set);
    table << i << ',' << found.distance << ',' << found.index << ',' << found.flipped << ',' << found.dx << ','
          << found.dy << ',' << csv_text(set.names[found.index]) << '\n';
  }
  write_whole(o.csv, table.str());
  if (set.unseen_distance > 0) {
    std::ostringstream yardstick;
    yardstick << "for comparison, unseen real pictures are at a median distance of " << set.unseen_distance
              << " from their nearest here.";
    say(yardstick.str());
  }
}

}  // namespace

void add_nearest(CLI::App& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("nearest", "Find the training picture nearest to a picture");
  command->add_option("PICTURE", options->pictures, "A picture of the set's size, or a .npy file with several")
      ->required();
  command->add_option("--model", options->model, "Look among the training pictures of this network")->type_name("NAME");
  command->add_option("--set", options->set, "Look in another set")->type_name("FILE.json");
  command->add_option("--csv", options->csv, "Where to write the table")->type_name("FILE")->capture_default_str();
  command->footer(
      "The distance is the root mean square difference of the values on the 0–255 scale. Mirror images, and shifts by\n"
      "up to two pixels, are compared too: the network saw its training pictures in all those places.\n\n"
      "Examples:\n"
      "  noiseglass sample --model icons --class hearts --guidance 2 --count 16 --npy hearts.npy\n"
      "  noiseglass nearest hearts.npy --model icons");
  command->callback([options] { run(*options); });
}

}  // namespace noiseglass::cli
