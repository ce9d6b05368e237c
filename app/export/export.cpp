#include "export/export.h"

#include "export/animation.h"
#include "export/canvas.h"
#include "export/frame_writers.h"
#include "export/plan.h"
#include "export/plots.h"
#include "export/sheet.h"
#include "export/tiles.h"
#include "export/whole_folder.h"
#include "export/worksheet.h"
#include "lessons/library.h"

#include "noiseglass/files.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <span>

namespace noiseglass::exports {
namespace {

/// "svg, png or csv"
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 < names.size() ? ", " : " or ";
    text += names[i] == "folder" ? "a folder" : "." + names[i];
  }
  return text;
}

/// Of what can have only one.
int one_lane(const ExportRequest& request) { return std::max(request.lane, 0); }

/// The plots on a canvas of their size, from which `take` takes what is wanted.
template <class Take>
auto draw_plots(const Source& source, const ExportRequest& request, Canvas::Kind kind, Take take) {
  const std::vector<Plot> plots = schedule_plots(source, request.lane, request.of);
  const PlotSheet sheet = lay_out(plots);
  Canvas canvas(kind, sheet.width, sheet.height, request.size ? request.size / std::max(sheet.width, sheet.height) : 2);
  draw_sheet(canvas, source, plots);
  return take(canvas);
}

void write_picture(const Source& source, const ExportRequest& request, const std::string&, const Work& work) {
  write_png(request.out, picture_of(source, request, work));
}

void write_plots(const Source& source, const ExportRequest& request, const std::string& format, const Work& work) {
  if (format == "png") return write_picture(source, request, format, work);
  if (format == "csv") return write_whole(request.out, plots_table(source, request.lane, request.of));
  const Canvas::Kind kind = format == "svg" ? Canvas::Kind::svg : Canvas::Kind::pdf;
  write_whole(request.out, draw_plots(source, request, kind, [](Canvas& drawn) { return drawn.document(); }));
}

void write_animation(const Source& source, const ExportRequest& request, const std::string& format, const Work& work) {
  const bool run = request.what == "run";
  const Cut cut{request.lane, request.count, request.size, request.rate};
  const auto writer = make_frame_writer(format, request.out, beats_per_second(source, run, cut));
  const auto see = [&](const AnimationFrame& frame) { writer->add(frame); };
  run ? animate_run(source, cut, see, work) : animate_forward(source, cut, see, work);
  writer->finish(work);
}

/// All x_t of the run, as one array.
std::vector<Image> run_tensor(const Source& source, int lane, const Work& work) {
  std::vector<Image> all;
  walk(
      source.run(lane), [&](const SamplerStep& step) { all.push_back(to_image(step.x_t)); }, work);
  return all;
}

void write_tensors(const Source& source, const ExportRequest& request, const std::string& format, const Work& work) {
  const int lane = one_lane(request);
  if (format == "npy") {
    if (request.of == "run") return write_npy(request.out, run_tensor(source, lane, work));
    return write_npy(request.out, std::vector{tensor(source, lane, request.of.empty() ? "x_t" : request.of, work)});
  }
  WholeFolder folder(request.out);
  for (const TileKind& kind : tile_kinds())
    write_npy(folder.file(kind.id + ".npy"), std::vector{tensor(source, lane, kind.id, work.part(0, 0.5))});
  write_npy(folder.file("run.npy"), run_tensor(source, lane, work.part(0.5, 1)));
  folder.finish();
}

void write_worksheet(const Source& source, const ExportRequest& request, const std::string&, const Work& work) {
  const lessons::Lesson lesson = lessons::find_lesson(request.lesson.empty() ? "schedules" : request.lesson);
  write_whole(request.out, worksheet(source, lesson, work));
}

void write_plan(const Source&, const ExportRequest& request, const std::string&, const Work&) {
  const lessons::Lesson lesson = lessons::find_lesson(request.lesson.empty() ? "schedules" : request.lesson);
  write_whole(request.out, lesson_plan(lesson));
}

std::vector<ExportPart> tile_parts() {
  std::vector<ExportPart> parts;
  for (const TileKind& kind : tile_kinds()) parts.push_back({kind.id, kind.symbol});
  return parts;
}

std::vector<ExportPart> tensor_parts() {
  std::vector<ExportPart> parts = tile_parts();
  parts.push_back({"run", "run"});
  return parts;
}

using Write = void (*)(const Source&, const ExportRequest&, const std::string& format, const Work&);

struct Row {
  ExportKind kind;
  Write write;
};

const std::vector<Row>& rows() {
  using Lanes = ExportKind::Lanes;
  static const std::vector<std::string> film = {"gif", "webm", "mp4", "folder"};
  static const std::vector<Row> all = {
      {{"tile",
        "One picture",
        "A picture of a lane: xₜ, x̂₀, ε̂, the original or the noise.",
        {"png"},
        Lanes::one,
        tile_parts()},
       write_picture},
      {{"lanes", "Lanes", "What each lane shows now, side by side: xₜ, x̂₀ and ε̂.", {"png"}}, write_picture},
      {{"strip", "Filmstrip", "The lanes over t in rows, each picture with its t and SNR.", {"png"}}, write_picture},
      {{"wall", "Wall of samples", "Samples from pure noise, one for each seed.", {"png"}, Lanes::one}, write_picture},
      {{"plots",
        "Plots",
        "β, ᾱ and the SNR of the schedules, drawn or as numbers.",
        {"svg", "png", "pdf", "csv"},
        Lanes::some,
        plot_parts()},
       write_plots},
      {{"run", "Reverse run", "The reverse run as a video: each lane's xₜ and x̂₀.", film}, write_animation},
      {{"forward", "Forward process", "The picture becoming noise, as a video.", film}, write_animation},
      {{"tensors",
        "Numbers",
        "float32 arrays for numpy, as the denoiser sees them.",
        {"npy", "folder"},
        Lanes::one,
        tensor_parts()},
       write_tensors},
      {{"worksheet",
        "Worksheet",
        "A lesson on paper: the picture, the plots, three questions, and the answers.",
        {"pdf"},
        Lanes::all},
       write_worksheet},
      {{"plan",
        "Lesson plan",
        "A 45-minute teaching plan for a bundled lesson: what to show, what to ask, what students get wrong.",
        {"pdf"},
        Lanes::all},
       write_plan},
  };
  return all;
}

std::string ending_of(const std::string& out) {
  std::string ending = std::filesystem::path(out).extension().string();
  if (!ending.empty()) ending.erase(0, 1);
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return ending.empty() ? "folder" : ending;
}

/// @throws UsageError that suggests the nearest
void check_part(const ExportKind& kind, const std::string& of) {
  std::vector<std::string> known;
  for (const ExportPart& part : kind.parts) {
    if (part.id == of) return;
    known.push_back(part.id);
  }
  if (!of.empty() && known.empty()) throw UsageError("\"" + kind.id + "\" has no parts to choose from.");
  if (!of.empty()) throw_unknown("part of \"" + kind.id + "\"", of, known);
}

}  // namespace

const std::vector<ExportKind>& export_kinds() {
  static const std::vector<ExportKind> kinds = [] {
    std::vector<ExportKind> out;
    for (const Row& row : rows()) out.push_back(row.kind);
    return out;
  }();
  return kinds;
}

const ExportKind& export_kind(const std::string& id) {
  std::vector<std::string> known;
  for (const ExportKind& kind : export_kinds()) {
    if (kind.id == id) return kind;
    known.push_back(kind.id);
  }
  throw_unknown("thing to export", id, known);
}

std::string format_of(const ExportRequest& request) {
  const ExportKind& kind = export_kind(request.what);
  check_part(kind, request.of);
  std::string format = request.format;
  if (format.empty()) format = request.out == "-" ? kind.formats.front() : ending_of(request.out);
  if (std::ranges::find(kind.formats, format) == kind.formats.end())
    throw UsageError("\"" + kind.id + "\" is written as " + listed(kind.formats) + ", not as " + listed({format}) +
                     ".");
  if (format == "folder" && request.out == "-")
    throw UsageError("Several files cannot go to standard output; name a folder.");
  return format;
}

ByteImage picture_of(const Source& source, const ExportRequest& request, const Work& work) {
  if (request.what == "tile")
    return tile(source, one_lane(request), request.of.empty() ? "x_t" : request.of, request.size, work);
  if (request.what == "lanes") return draw_sheet(lanes(source, request.lane, request.size, work));
  if (request.what == "strip") return draw_sheet(strip(source, request.lane, request.count, request.size, work));
  if (request.what == "wall") return draw_sheet(wall(source, one_lane(request), request.count, request.size, work));
  if (request.what == "plots")
    return draw_plots(source, request, Canvas::Kind::picture, [](Canvas& drawn) { return drawn.pixels(); });
  throw UsageError("\"" + export_kind(request.what).id + "\" is not one picture.");
}

void export_state(const app::AppState& state, const Library& library, const ExportRequest& request, const Work& work) {
  const std::string format = format_of(request);
  const Source source(state, library, work);
  for (const Row& row : rows())
    if (row.kind.id == request.what) row.write(source, request, format, work);
}

}  // namespace noiseglass::exports
