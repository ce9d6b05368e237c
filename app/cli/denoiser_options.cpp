#include "cli/denoiser_options.h"

#include "cli/options.h"
#include "session/state.h"  // how far a person can go, here as in the window

#include "noiseglass/fitting.h"
#include "noiseglass/library.h"

#include <algorithm>
#include <charconv>

namespace noiseglass::cli {
namespace {

ModelInfo choose(const std::string& name, const ByteImage& picture) {
  if (!name.empty()) return find_model(name);
  const std::vector<ModelInfo> models = bundled_models();
  const int index = choose_model(picture, models);
  if (index < 0)
    throw Error("There is no trained network in the assets folder; name one with --model FILE.safetensors.");
  return models[std::size_t(index)];
}

/// As it is, but made grey for a grey network.
Image fit_exactly(const Image& image, const ModelInfo& model, const std::string& path) {
  const auto [height, width, channels] = image.shape;
  if (model.size > 0 && (height != model.size || width != model.size))
    throw UsageError("\"" + path + "\" is " + std::to_string(width) + "×" + std::to_string(height) + ", but model " +
                     model.name + " takes " + std::to_string(model.size) + "×" + std::to_string(model.size) +
                     "; .npy files are not resized.");
  return channels > model.channels ? with_channels(image, model.channels) : image;
}

}  // namespace

void DenoiserOptions::add(CLI::App& command) {
  owner = &command;
  command.add_option("--denoiser", denoiser, "What estimates the clean picture: " + names_of(denoiser_records()))
      ->capture_default_str();
  command.add_option("--model", model, "Trained network: a name from noiseglass models, or a .safetensors file")
      ->type_name("NAME");
  command.add_option("--class", class_name, "Class to generate: its name or its index")->type_name("K");
  command
      .add_option("--guidance", guidance, "Guidance weight: 0 ignores the class, 1 is as trained, above 1 amplifies it")
      ->check(number_from("--guidance", 0, app::max_guidance))
      ->capture_default_str();
  command
      .add_option("--data", data, "Folder of the pictures that the exact denoiser knows (default: the bundled ones)")
      ->type_name("DIR");
  command.add_option("--std", std, "Standard deviation of the Gaussian denoiser's data, whose mean is mid-grey")
      ->check(number_from("--std", 0.001, 100))
      ->capture_default_str();
}

void DenoiserOptions::check_effects() const {
  if (is_network()) {
    if (class_name.empty()) refuse_without_effect(*owner, "--guidance", "there is no --class for it to act on.");
  } else {
    refuse_without_effect(*owner, "--guidance", "the denoiser " + denoiser + " knows no classes.");
  }
  if (!record().needs.data_set)
    refuse_without_effect(*owner, "--data", "the denoiser " + denoiser + " is not made from a folder of pictures.");
  if (denoiser != "gaussian")
    refuse_without_effect(*owner, "--std", "it belongs to the Gaussian denoiser, but " + denoiser + " is used here.");
}

int DenoiserOptions::class_index(const ModelInfo& info) const {
  if (class_name.empty()) return -1;
  const auto& names = info.class_names;
  if (names.empty()) throw UsageError("Model " + info.name + " has no classes; leave --class out.");
  if (const auto found = std::ranges::find(names, class_name); found != names.end()) return int(found - names.begin());
  int index = -1;
  const char* end = class_name.data() + class_name.size();
  const auto [rest, error] = std::from_chars(class_name.data(), end, index);
  if (error == std::errc() && rest == end && index >= 0 && index < int(names.size())) return index;
  throw_unknown("class of model " + info.name, class_name, names);
}

std::shared_ptr<const Denoiser> DenoiserOptions::make(const std::optional<ModelInfo>& info, const Image& x_0,
                                                      Shape shape, int steps) const {
  if (!is_network() && !class_name.empty())
    throw UsageError("--class is for the network; the denoiser " + denoiser + " knows no classes.");
  check_effects();
  if (is_told_x_0() && x_0.empty())
    throw UsageError("The denoiser " + denoiser +
                     " must be told the clean picture, and there is none here; use reverse.");
  DenoiserSources sources;
  if (is_network()) {
    sources.model_path = info->path;
    sources.class_index = class_index(*info);
    sources.guidance = guidance;
    sources.steps = steps;
  } else {
    if (record().needs.data_set) sources.data_set = read_data_set(data, shape);
    if (!x_0.empty()) sources.x_0 = to_state(x_0);
    sources.mean = Eigen::ArrayXd::Zero(Eigen::Index(shape.size()));
    sources.std = std;
  }
  return record().make(sources);
}

double DenoiserOptions::guidance_with(const std::optional<ModelInfo>& network) const {
  return guidance == 1 && is_network() && network ? network->guidance : guidance;
}

void PictureOptions::add(CLI::App& command, const std::string& what) {
  owner = &command;
  command.add_option("PICTURE", path, what)->required();
  add_background(command, background);
  command.add_option("--working-size", working_size, "Longest side that the network works at; 0: full size")
      ->check(whole_number_from("--working-size", 0, max_picture_side))
      ->capture_default_str();
}

PreparedPictures prepare(const PictureOptions& picture, const DenoiserOptions& denoiser) {
  const bool is_network = denoiser.is_network();
  if (!is_network)
    refuse_without_effect(*picture.owner, "--model", "the denoiser " + denoiser.denoiser + " is not a network.");
  PreparedPictures prepared;
  const std::vector<char> file = read_input(picture.path);
  if (is_npy_data(file)) {
    prepared.x = parse_npy(file, picture.path);
    prepared.channels = prepared.x.front().shape.channels;
    if (is_network) {
      prepared.model = choose(denoiser.model, to_bytes(prepared.x.front()));
      for (Image& x : prepared.x) x = fit_exactly(x, *prepared.model, picture.path);
    }
    note_without_effect(*picture.owner, "--working-size", ".npy files are never resized", prepared.notes);
    note_without_effect(*picture.owner, "--background", "nothing in a .npy file is transparent", prepared.notes);
    return prepared;
  }
  const ByteImage bytes = decode_picture(file, picture.path, parse_colour(picture.background));
  prepared.channels = bytes.shape.channels;
  if (is_network) prepared.model = choose(denoiser.model, bytes);
  Fitted fitted = is_network ? fit_to_model(without_equal_channels(bytes), *prepared.model, picture.working_size)
                             : fit(bytes, bytes.shape.channels, 0, picture.working_size);
  if (!fitted.note.empty())
    prepared.notes.push_back("the picture was " + fitted.note +
                             (is_network ? " for model " + prepared.model->name : "") + ".");
  if (is_network && prepared.model->size > 0)
    note_without_effect(*picture.owner, "--working-size", "model " + prepared.model->name + " takes one size only",
                        prepared.notes);
  prepared.x.push_back(std::move(fitted.x_0));
  return prepared;
}

}  // namespace noiseglass::cli
