#include "tests/app/layout/stage.h"

#include "language/language.h"

#include "noiseglass/files.h"
#include "render/framebuffer.h"

#include <backends/imgui_impl_opengl3.h>
#include <glad/gl.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include <unistd.h>

namespace noiseglass::app {
namespace {

bool alike(const LayoutRecord& a, const LayoutRecord& b) {
  return std::ranges::equal(a.items, b.items, [](const auto& x, const auto& y) { return x.rect == y.rect; });
}

bool says_that_it_waits(const LayoutRecord& record) {
  return std::ranges::any_of(record.items, [](const auto& item) {
    for (const char* waiting : {"Reading the bundled pictures…", "Preparing…", "computing…",
                                "Finding the principal components of the bundled digits…"})
      if (item.name == tr(waiting)) return true;  // in whatever language
    return item.name.starts_with("Reading") || item.name.starts_with("Preparing") || item.name.starts_with("Finding") ||
           item.name.starts_with("computing");
  });
}

}  // namespace

std::string WindowSize::text() const {
  char text[40];
  std::snprintf(text, sizeof text, "%dx%d@%g", width, height, double(scale));
  return text;
}

Stage::Stage() {
  const auto own = std::filesystem::temp_directory_path() /
                   ("noiseglass-layout-test-" + std::to_string(getpid()));  // nobody's reading places
  std::filesystem::remove_all(own);
  setenv("XDG_STATE_HOME", own.c_str(), 1);
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().DisplaySize = {1280, 800};
  ImGui_ImplOpenGL3_Init("#version 330 core");
  session_ = std::make_unique<Session>([] {});
  WindowOptions options;
  const char* language = std::getenv("NOISEGLASS_LAYOUT_LANGUAGE");
  options.language = language ? language : "en";
  contents_ = std::make_unique<Contents>(options, *session_, [] {});
  if (const char* theme = std::getenv("NOISEGLASS_LAYOUT_THEME")) {
    AppState next = session_->state();
    next.look = look_named(theme).value_or(next.look);
    session_->apply(next);
  }
  contents_->apply_appearance(1);
  ImGui_ImplOpenGL3_NewFrame();
}

Stage::~Stage() {
  keep_layout_record(nullptr);
  contents_.reset();
  session_.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
}

void Stage::show(const std::string& tab) {
  AppState next = session_->state();
  next.panel = tab;
  session_->apply(next);
}

void Stage::project() {
  contents_->act("project");
  frame();
}

void Stage::point_at(ImVec2 place) {
  mouse_ = place;
  for (int i = 0; i < 3; ++i) frame();
}

void Stage::click(ImVec2 place) {
  point_at(place);
  for (const bool down : {true, false}) {
    pressed_ = down;
    frame();
  }
  point_at({-1e6f, -1e6f});
}

Rect Stage::place_of(const std::string& landmark) const {
  const auto found = contents_->landmarks().find(landmark);
  if (found == contents_->landmarks().end()) throw std::runtime_error("nothing is called " + landmark);
  return found->second;
}

std::optional<Rect> Stage::over_all() const {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const ImGuiWindow* window = ImGui::FindWindowByName("##Tooltip_00");
  if (!window || !window->Active)
    window = context.OpenPopupStack.empty() ? nullptr : context.OpenPopupStack.back().Window;
  if (!window) return std::nullopt;
  return Rect{window->Pos, {window->Pos.x + window->Size.x, window->Pos.y + window->Size.y}};
}

void Stage::frame() {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = mouse_;
  io.MouseDown[0] = pressed_;
  io.DisplaySize = {float(size_.width), float(size_.height)};
  io.DeltaTime = 1 / 60.f;
  session_->tick(1 / 60.0);
  contents_->apply_appearance(size_.scale);
  record_.items.clear();
  keep_layout_record(&record_);
  ImGui::NewFrame();
  contents_->draw();
  ImGui::Render();
}

void Stage::settle(int most) {
  LayoutRecord before;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);  // patience with what is computed
  const auto waits = [this] { return says_that_it_waits(record_) || session_->opening(); };
  for (int drawn = 0, quiet = 0; (drawn < most || waits()) && quiet < 3; ++drawn) {
    if (std::chrono::steady_clock::now() > end) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(drawn < 3 ? 0 : 5));
    frame();
    quiet = alike(before, record_) && !waits() ? quiet + 1 : 0;
    before = record_;
  }
}

void Stage::finish() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  LayoutRecord before;
  for (int quiet = 0; quiet < 60 && std::chrono::steady_clock::now() < end; before = record_) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    frame();
    quiet = alike(before, record_) && !session_->computing() && !says_that_it_waits(record_) ? quiet + 1 : 0;
  }
}

void Stage::write_picture(const std::string& path) const { write_png(path, picture()); }

ByteImage Stage::picture() const {
  render::Framebuffer target(size_.width, size_.height);
  glBindFramebuffer(GL_FRAMEBUFFER, target.id());
  glViewport(0, 0, size_.width, size_.height);
  const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(contents_->theme().ground);
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  const ByteImage rgba = target.read();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  ByteImage rgb(Shape{size_.height, size_.width, 3});
  const auto width = std::size_t(size_.width), height = std::size_t(size_.height);
  for (std::size_t i = 0; i < width * height; ++i) {
    const std::size_t from = (height - 1 - i / width) * width + i % width;  // OpenGL's rows begin at the bottom
    for (std::size_t c = 0; c < 3; ++c) rgb.data[3 * i + c] = rgba.data[4 * from + c];
  }
  return rgb;
}

}  // namespace noiseglass::app
