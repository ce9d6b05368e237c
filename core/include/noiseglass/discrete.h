#pragma once

#include "noiseglass/noise.h"
#include "noiseglass/registry.h"
#include "noiseglass/schedule.h"

#include <Eigen/Core>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace noiseglass {

/// Diffusion of things that are one of K: grey levels, letters, words (Austin et al. 2021, "Structured Denoising
/// Diffusion Models in Discrete State-Spaces", D3PM).
///
/// A picture or a sentence is a row of tokens, each a state 0 … K−1; an absorbing corruption has one state more,
/// [MASK] = K. Tokens are corrupted independently of each other.
using Tokens = std::vector<std::uint8_t>;

/// How a token is corrupted. Both kinds here have the same shape: in a step from s to t a token is left alone with
/// probability a, and else forgotten and drawn anew from π,
///     Q = a·I + (1 − a)·1πᵀ      (rows: the state before, columns: the state after; rows sum to 1)
/// so a product of such matrices is one of them with the product of the a, and Q̄_t is known in closed form.
/// a comes from a Schedule: α_t = 1 − β_t for one step, ᾱ_t from the start, ᾱ_t/ᾱ_s in between. Here ᾱ_t is the
/// *probability* that a token has not been touched, where for Gaussian noise √ᾱ_t is the weight of the picture.
/// (The paper's own schedules: cosine for uniform, β_t = 1/(T − t + 1) for absorbing, which makes ᾱ_t = 1 − t/T.)
class Transition {
 public:
  /// @param limit π over K or K + 1 states; non-negative, sums to 1
  /// @throws UsageError for K outside 1 … 255
  Transition(int classes, Eigen::ArrayXd limit);

  int classes() const { return classes_; }           ///< K
  int states() const { return int(limit_.size()); }  ///< K, or K + 1 with [MASK]
  bool has_mask() const { return states() > classes_; }
  int mask() const { return has_mask() ? classes_ : -1; }
  const Eigen::ArrayXd& limit() const { return limit_; }  ///< π, what x_t is distributed as when all is forgotten

  /// Entry [from → to] of a·I + (1 − a)·1πᵀ.
  double probability(int from, int to, double keep) const {
    return (1 - keep) * limit_[to] + (from == to ? keep : 0.0);
  }
  Eigen::MatrixXd matrix(double keep) const;

  /// The state that u in [0, 1) stands for, by the inverse of π's cumulative sum.
  int draw_limit(double u) const;

 private:
  int classes_;
  Eigen::ArrayXd limit_;
};

struct TransitionRecord : RecordInfo {
  Transition (*make)(int classes) = nullptr;  ///< @throws UsageError for K outside 1 … 255
};

/// uniform, absorbing.
const std::vector<TransitionRecord>& transition_records();
Transition make_transition(const std::string& id, int classes);

Eigen::MatrixXd step_matrix(const Transition& transition, const Schedule& schedule, int t);        ///< Q_t, t ≥ 1
Eigen::MatrixXd cumulative_matrix(const Transition& transition, const Schedule& schedule, int t);  ///< Q̄_t = Q_1 ⋯ Q_t

/// q(x_t | x₀) of one token: row x₀ of Q̄_t.
Eigen::ArrayXd token_marginal(const Transition& transition, const Schedule& schedule, int t, int x_0);

/// One step back from t to s < t.
struct TokenStep {
  const Transition& transition;
  const Schedule& schedule;
  int t = 1, s = 0;
};

/// q(x_s | x_t, x₀) of one token, over the states of x_s (the paper's eq. 3 when s = t − 1): proportional to
/// Q_{t|s}[x_s → x_t] · Q̄_s[x₀ → x_s].
/// @throws UsageError unless 0 ≤ s < t ≤ T, or if x₀ cannot have become x_t
Eigen::ArrayXd token_posterior(const TokenStep& step, int x_t, int x_0);

/// Two numbers in [0, 1) with 32 bits each: words (0, 1) of Philox block `element` of the sequence.
std::array<double, 2> uniform_pair(NoiseKey key, std::uint64_t element);

/// x_t on one path of the chain x₀, x₁, …, x_T: for a fixed seed all t lie on the same path, so a token that has not
/// been touched at t has not been touched before, and the distribution of x_t is q(x_t | x₀) for every t.
/// @throws UsageError for a t outside the schedule or a token that is no class
Tokens corrupt_tokens(const Tokens& x_0, const Transition& transition, const Schedule& schedule, int t,
                      std::uint64_t seed);

/// Each token drawn from π: where generation starts.
Tokens limit_tokens(std::size_t count, const Transition& transition, std::uint64_t seed);

/// p(x₀ | x_t) over a set whose members are equally likely and all there is (all of x_t's length): the exact denoiser.
/// softmax over members of Σ_i ln Q̄_t[x₀ᵢ → x_tᵢ]. At t = 0 a member that differs has weight 0.
/// @throws UsageError for an empty set, unequal lengths, or if no member can have become x_t
Eigen::ArrayXd member_weights(std::span<const Tokens> members, const Tokens& x_t, const Transition& transition,
                              const Schedule& schedule, int t);

/// The denoiser's guess token by token, p(x₀ᵢ | x_t): K rows, one column for each token, columns sum to 1.
Eigen::MatrixXd token_guess(std::span<const Tokens> members, const Eigen::ArrayXd& weights, int classes);

/// p(x_sᵢ | x_t) of token i under the exact denoiser: Σ over members of weight · q(x_sᵢ | x_tᵢ, x₀ᵢ)
/// (the paper's eq. 4 with the sum over whole pictures).
Eigen::ArrayXd reverse_marginal(std::span<const Tokens> members, const Eigen::ArrayXd& weights, const Tokens& x_t,
                                const TokenStep& step, int i);

/// One step of the reverse process: draws a member by its weight, then every token from
/// q(x_sᵢ | x_tᵢ, x₀ᵢ). That is a draw from p(x_s | x_t) of all tokens together, for a step of any length.
/// @param key of the draws: {seed, streams::discrete_step(k)} for the k-th step (0, 1, …)
Tokens reverse_tokens(std::span<const Tokens> members, const Eigen::ArrayXd& weights, const Tokens& x_t,
                      const TokenStep& step, NoiseKey key);

/// Grey levels: level k of K stands for 2k/(K − 1) − 1; the nearest level of a value in [−1, 1].
int nearest_level(double value, int levels);
double level_value(int level, int levels);

/// What sentences are written with, 32 letters; a letter's place in it is its token. The first is the space.
inline constexpr std::string_view letters = " abcdefghijklmnopqrstuvwxyz.,'?!";
/// Capitals become small letters, everything else that is not there a space; filled up with spaces, or cut, to
/// `length`.
Tokens tokens_of_text(std::string_view text, std::size_t length);
/// One sentence a line, # begins a comment. @param file empty: the bundled ones  @throws Error
std::vector<std::string> read_sentences(const std::filesystem::path& file = {});

}  // namespace noiseglass
