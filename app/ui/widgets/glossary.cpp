#include "ui/widgets/glossary.h"

#include "language/language.h"
#include "ui/widgets/dialog.h"

#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace noiseglass::app {
namespace {

constexpr Term terms[] = {
    // quantities of a noise level
    {"t", "The timestep: 0 is the clean picture, T is (nearly) pure noise.", "", true},
    {"ᾱ", "The share of the picture's variance that is left at t.", "ᾱₜ = (1 − β₁)·(1 − β₂) ⋯ (1 − βₜ)", true},
    {"√ᾱ", "The weight of the picture in xₜ.", "xₜ = √ᾱₜ·x₀ + √(1 − ᾱₜ)·ε", true},
    {"√(1−ᾱ)", "The weight of the noise in xₜ, and so its standard deviation σ.", "xₜ = √ᾱₜ·x₀ + √(1 − ᾱₜ)·ε", true},
    {"β", "The variance of the noise that this one step adds.", "xₜ = √(1 − βₜ)·xₜ₋₁ + √βₜ·ε", true},
    {"σ", "The standard deviation of the noise in xₜ.", "σₜ = √(1 − ᾱₜ)", true},
    {"SNR", "The signal-to-noise ratio: at 0 dB picture and noise have equal weights.",
     "SNR = 10·log₁₀(ᾱₜ / (1 − ᾱₜ)) dB", true},
    {"λ", "The log signal-to-noise ratio: the common scale on which schedules can be compared.",
     "λₜ = ln(ᾱₜ / (1 − ᾱₜ))", true},
    {"ε", "The noise: an independent draw from N(0, 1) for each value of the picture.", "ε ~ N(0, I)", true},
    {"z", "Fresh noise that the sampler adds, so that xₛ has the noise level of s.", "z ~ N(0, I)", true},
    {"μ", "The mean of the step back: a weighted sum of x̂₀ and xₜ, or of x̂₀ and ε̂.", "", true},
    // pictures
    {"x₀", "The clean picture.", "", true},
    {"xₜ", "The noisy picture at t.", "xₜ = √ᾱₜ·x₀ + √(1 − ᾱₜ)·ε", true},
    {"xₛ", "The noisy picture one step closer to the data.", "", true},
    {"zₜ", "The coefficients with noise added, as xₜ is the picture with noise added.", "zₜ = √ᾱₜ·z₀ + √(1 − ᾱₜ)·ε",
     true},
    {"x̂₀", "The estimate of the clean picture: xₜ with the predicted noise removed, rescaled.",
     "x̂₀ = (xₜ − √(1 − ᾱₜ)·ε̂) / √ᾱₜ", true},
    {"ε̂", "The predicted noise in xₜ; a network is trained to minimise its mean squared error.",
     "minimise the mean of ‖ε − ε̂(xₜ, t)‖²", true},
    {"score",
     "The direction in which the log-density of noisy data rises fastest. A network's ε̂ is an estimate of that mean.",
     "∇ log q(xₜ) = −E[ε | xₜ] / √(1 − ᾱₜ)", true},
    {"ln q(xₜ)", "The logarithm of the density of noisy data at the probe.", "", false},
    // how good
    {"PSNR",
     "How close the estimate is to the original; higher is closer. SSIM is 1 where brightness, contrast and structure "
     "agree.",
     "PSNR = 10·log₁₀(255² / mean squared error) dB", true},
    {"SSIM", "How well brightness, contrast and structure agree with the original; 1 is the same picture.",
     "Wang et al. (2004)", true},
    // how it came about
    {"exact", "Computed from a formula or by Bayes' rule; no network is involved.", "", false},
    {"learned", "The output of a trained network.", "", false},
    {"cheating", "It uses the clean picture, which is unknown when a picture is generated.", "", false},
    {"random", "Drawn at random; the same seed gives the same draw.", "", false},
    {"from x̂₀", "Computed from the network's estimate x̂₀.", "", false},
    // legends
    {"data", "The density of the clean data, at t = 0.", "", false},
    {"what # Gaussian steps make of noise",
     "The density of what comes out when each step back from pure noise is a Gaussian.", "", false},
    {"landscape q(x#)", "How likely each value is at s, closer to the data, before xₜ is known.", "", false},
    {"× bell q(x# | x#)",
     "How likely this xₜ is if the forward step began at the value on the axis: as a function of that value, a "
     "Gaussian.",
     "q(xₜ | xₛ) = N(√(ᾱₜ/ᾱₛ)·xₛ, 1 − ᾱₜ/ᾱₛ)", false},
    {"= q(x# | x#), true", "The true step back by Bayes' rule: landscape times bell, scaled to area 1.",
     "q(xₛ | xₜ) ∝ q(xₛ)·q(xₜ | xₛ)", false},
    {"Gaussian stand-in", "The Gaussian that a sampler draws from in place of the true step back.", "", false},
    {"knows x₀: cheating", "The step back if x₀ is known: exactly a Gaussian.", "q(xₛ | xₜ, x₀)", false},
    {"knows x₀: a point", "The step back if x₀ is known: at s = 0 it is x₀ itself.", "q(x₀ | xₜ, x₀)", false},
    {"N(0, #), the prior",
     "The density that generation starts from; at the end of the forward process xₜ has (nearly) this density.", "",
     false},
    {"memorised set",
     "The exact denoiser of a set of pictures: their mean, weighted by how likely each has become this xₜ.",
     "x̂₀ = E[x₀ | xₜ]", false},
    {"memorised set, without this picture",
     "The same without the open picture: what the set makes of a picture that is not in it.", "x̂₀ = E[x₀ | xₜ]", false},
    {"oracle", "It is told the true noise, so it makes no error.", "ε̂ = ε", false},
    {"this pixel", "The value of the chosen pixel.", "", false},
    {"in one shot: one ε for every t",
     "One noise for all t: a smooth path, with the right distribution at each t but not that of a chain.",
     "xₜ = √ᾱₜ·x₀ + √(1 − ᾱₜ)·ε", false},
    {"step by step: fresh ε each time", "The chain itself: each step adds its own fresh noise.",
     "xₜ = √(1 − βₜ)·xₜ₋₁ + √βₜ·εₜ", false},
    {"one ε", "One noise for all t: a smooth path, with the right distribution at each t but not that of a chain.",
     "xₜ = √ᾱₜ·x₀ + √(1 − ᾱₜ)·ε", false},
    {"fresh ε", "The chain itself: each step adds its own fresh noise.", "xₜ = √(1 − βₜ)·xₜ₋₁ + √βₜ·εₜ", false},
    {"the picture in xₜ", "How strong the waves of the picture are, weakened as they are in xₜ.", "ᾱₜ·|F|²", false},
    {"noise, on average", "The strength of the noise in xₜ, expected to be the same at every frequency.", "1 − ᾱₜ",
     false},
    {"# pixels", "The picture with this many pixels along its longest side.", "", false},
    {"± #σ", "The range around the mean that contains xₜ for 95 % of all draws of noise.", "√ᾱₜ·x₀ ± 2√(1 − ᾱₜ)",
     false},
    {"# steps", "The number of steps from noise to picture, or how many are compared.", "", false},
    {"# step", "A single step from noise to data.", "", false},
    {"Yours", "The schedule that you have drawn: it is the first lane's, in every tab.", "", false},
    {"data values", "The clean values, each paired with a noise value.", "", false},
    {"noise values", "Where the flow starts, each paired with a clean value.", "", false},
    {"pairs", "The straight lines between data and noise that the flow is learned from.", "x_u = (1 − u)·x₀ + u·ε",
     false},
    {"path, straight", "A particle's way between noise and data, where it hardly turns in these coordinates.", "",
     false},
    {"the flow, straight", "The path along the mean velocity of all lines, where it hardly turns.",
     "dx/du = E[ε − x₀ | x_u = x]", false},
    {"and bent", "The same where it turns.", "", false},
    {"A’s answer from B’s", "How far apart the two networks' answers to the same noise are.", "", false},
    {"an answer from its nearest",
     "How far a network's answer is from the nearest face that it was trained on; near 0 it is a copy.", "", false},
    {"a new face from its nearest",
     "The yardstick for copies: how far a face that no network has seen is from the nearest of the same training "
     "faces.",
     "", false},
    {"√ᾱ·x₀ ± #σ", "The mean of xₜ over all draws of noise, and the range that contains 95 % of them.",
     "√ᾱₜ·x₀ ± 2√(1 − ᾱₜ)", false},
};

/// The text with each run of digits, small ones below the line too, as one '#'.
std::string without_numbers(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0; };
    const bool low = byte(i) == 0xE2 && byte(i + 1) == 0x82 && byte(i + 2) >= 0x80 && byte(i + 2) <= 0x89;
    const bool digit = low || std::isdigit(byte(i));
    if (!digit) {
      out += text[i];
      continue;
    }
    if (out.empty() || out.back() != '#') out += '#';
    if (low) i += 2;
  }
  return out;
}

/// Schedules and samplers are in a legend by their labels, and say of themselves what they are.
const Term* find_kind(const std::string& label) {
  static const auto by_label = [] {
    std::unordered_map<std::string, Term> all;
    const auto add = [&](const RecordInfo& record) {
      all[record.label] = {record.label.c_str(), record.summary.c_str(), record.formula.c_str(), false};
    };
    for (const RecordInfo& record : schedule_records()) add(record);
    for (const RecordInfo& record : sampler_records()) add(record);
    return all;
  }();
  const auto found = by_label.find(label.substr(0, std::min(label.find(" · "), label.find(", "))));
  return found == by_label.end() ? nullptr : &found->second;
}

std::string first_word(const std::string& text) {
  const auto end = text.find_first_of(" ,:");
  return text.substr(0, end);
}

struct Pointed {
  const Term* term = nullptr;
  Rect at;
} pointed;  // in this frame

}  // namespace

const Term* find_term(const std::string& text) {
  static const auto by_name = [] {
    std::unordered_map<std::string, const Term*> all;
    for (const Term& term : terms) all[without_numbers(term.name)] = &term;
    return all;
  }();
  if (const auto found = by_name.find(without_numbers(text)); found != by_name.end()) return found->second;
  if (const Term* kind = find_kind(text)) return kind;
  std::string word = first_word(text);
  auto found = by_name.find(without_numbers(word));
  if (constexpr std::string_view t = "ₜ"; found == by_name.end() && word.ends_with(t))  // "βₜ" is β at t
    found = by_name.find(word.substr(0, word.size() - t.size()));
  return found != by_name.end() && found->second->is_symbol ? found->second : nullptr;
}

void note_term(const std::string& text, const Rect& rect) {
  if (text.empty() || !ImGui::IsMouseHoveringRect(rect.min, rect.max)) return;
  if (!ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) return;
  if (const Term* term = find_term(text)) pointed = {term, rect};
}

void draw_explanation(const Theme& theme) {
  const Pointed here = std::exchange(pointed, {});
  const ImGuiWindow* other = ImGui::FindWindowByName("##Tooltip_00");
  if (!here.term || ImGui::IsAnyItemActive() || (other && other->Active) || dialog_appears()) return;
  const std::string sentence = tr(here.term->sentence), formula = tr(here.term->formula);
  const std::string text = sentence + (formula.empty() ? "" : "\n") + formula;
  const ImVec2 pad{theme.px(12), theme.px(8)}, screen = ImGui::GetIO().DisplaySize;
  const ImVec2 words = ImGui::CalcTextSize(text.c_str(), nullptr, false, theme.px(320));
  const float below = here.at.max.y + theme.px(6), height = words.y + 2 * pad.y + theme.px(4);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, pad);
  ImGui::SetNextWindowPos({std::min(here.at.min.x, screen.x - words.x - 2 * pad.x),
                           below + height > screen.y ? here.at.min.y - theme.px(6) - height : below});
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(pad.x + theme.px(320));
  ImGui::TextUnformatted(sentence.c_str());
  ImGui::PushStyleColor(ImGuiCol_Text, theme.dim);
  if (!formula.empty()) ImGui::TextUnformatted(formula.c_str());
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

}  // namespace noiseglass::app
