#include "ui/window/nearest_button.h"

#include "ui/widgets/say.h"

#include "session/denoiser_plan.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

constexpr const char* popup = "nearest training picture";

/// The finished sample of a lane, if it was made from pure noise.
const RunFrame* sample_of(const Session& session, int index) {
  const Run* run = session.lane(index).run.get();
  const bool whole = run && run->done && session.lane(index).run_problem.empty() && !run->frames.empty();
  return whole && session.state().origin == Origin::noise ? run->frames.back().get() : nullptr;
}

/// Where the training pictures of the lane's network are, if they come with the program.
std::optional<std::filesystem::path> set_of(const Session& session, int index) {
  const ModelInfo* model = session.lane(index).model;
  if (!model || !denoiser_of(session.state().lanes[index]).needs.model) return std::nullopt;
  return training_pictures_of(model->name);
}

}  // namespace

void NearestButton::look_for(Ui& ui, int index) {
  const auto set = set_of(ui.session, index);
  const RunFrame* frame = sample_of(ui.session, index);
  if (!set || !frame) return;
  auto& search = shown_[index].search;
  if (!search) search = std::make_unique<NearestSearch>(ui.wake);
  search->want(ui.session.lane(index).run->id, *set, to_image(frame->x_0));
}

/// A sample beside its nearest training picture, and what that means.
void NearestButton::draw_pair(Ui& ui, int index, const std::shared_ptr<const NearestPicture>& found) {
  const Theme& theme = ui.theme;
  const NearestPicture& nearest = *found;
  Shown& shown = shown_[index];
  if (shown.pair != found) {
    shown.pair = found;
    shown.sample = render::Texture(to_bytes(nearest.sample), {.mipmaps = false});
    shown.found = render::Texture(to_bytes(nearest.found), {.mipmaps = false});
  }
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = theme.px(112), gap = theme.px(16), caption = theme.px(22);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const struct {
    const render::Texture& texture;
    const char* caption;
  } pictures[] = {{shown.sample, "sample"}, {shown.found, "training picture"}};
  float x = at.x;
  for (const auto& picture : pictures) {
    ui.landmarks["nearest." + std::string(picture.caption) + std::to_string(index)] = {
        {x, at.y + caption}, {x + side, at.y + caption + side}};
    draw_text(theme.small, {x, at.y}, theme.dim, picture.caption);
    draw.AddImage(ImTextureID(std::intptr_t(picture.texture.id())), {x, at.y + caption},
                  {x + side, at.y + caption + side});
    x += side + gap;
  }
  const float room = ImGui::GetContentRegionAvail().x - (x - at.x);
  float y = at.y + caption;
  draw_text_cut(theme.strong, {x, y}, theme.text, nearest.name, room);
  y += theme.px(24);
  draw_text(theme.small, {x, y}, theme.dim,
            "distance " + fixed(nearest.distance, 1) + " of 255; unseen: " + fixed(nearest.unseen_distance, 1));
  y += theme.px(24);
  draw_text_wrapped(theme.body, {x, y}, theme.text, about_nearest(nearest.distance, nearest.unseen_distance), room);
  ImGui::Dummy({0, caption + side + theme.px(8)});
}

void NearestButton::draw_popup(Ui& ui) {
  const Theme& theme = ui.theme;
  ImGui::PushFont(theme.strong);
  say("Nearest training picture");
  ImGui::PopFont();
  std::string title;
  for (int i = 0; i < ui.session.state().lane_count; ++i) {
    look_for(ui, i);
    const auto& search = shown_[i].search;
    const auto nearest = search && sample_of(ui.session, i) ? search->result() : Published<NearestPicture>::Outcome();
    if (nearest.value) title = nearest.value->set_title;
    ImGui::Spacing();
    if (!nearest)
      say_dim("looking…");
    else if (!nearest.problem.empty())
      say_wrapped(nearest.problem);
    else
      draw_pair(ui, i, nearest.value);
  }
  if (title.empty()) return;
  ImGui::PushFont(theme.small);
  ImGui::PushStyleColor(ImGuiCol_Text, theme.dim);
  say_wrapped(
      "The network was trained on " + title +
      ". The distance is the root mean square difference of the pixels, the smallest over mirror images and "
      "shifts by up to two pixels. Unseen: the median distance of real pictures that were held out of training.");
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

bool has_nearest(const Session& session) {
  for (int i = 0; i < session.state().lane_count; ++i)
    if (!sample_of(session, i) || !set_of(session, i)) return false;
  return session.state().view == View::reverse;
}

void NearestButton::draw(Ui& ui, float width) {
  const Theme& theme = ui.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(10), theme.px(5)});
  const bool pressed = push_button("Nearest training picture", {width, 0});
  ImGui::PopStyleVar();
  const Rect button{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ui.landmarks["nearest"] = button;
  tooltip(theme, "Shows the training picture nearest to this sample: is the sample new, or memorised?");
  if (pressed) ImGui::OpenPopup(popup);
  // Above it, since there is no room below; and beside the plots.
  const auto plots = ui.landmarks.find("plots");
  const float wide = theme.px(560), right = plots == ui.landmarks.end() ? button.max.x : plots->second.min.x;
  ImGui::SetNextWindowPos({std::max(wide, std::min(button.max.x, right - theme.px(8))), button.min.y - theme.px(8)},
                          ImGuiCond_Always, {1, 1});
  ImGui::SetNextWindowSize({wide, 0});
  if (!ImGui::BeginPopup(popup)) return;
  if (ui.popups.escape) ImGui::CloseCurrentPopup();
  ui.popups.open = popup;
  draw_popup(ui);
  ImGui::EndPopup();
}

}  // namespace noiseglass::app
