#include "noiseglass/discrete.h"

#include "paths.h"

#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <set>

namespace noiseglass {
namespace {

struct Case {
  Transition transition;
  Schedule schedule;
  std::string name;
};

/// Every kind with several K and schedules.
std::vector<Case> cases() {
  std::vector<Case> all;
  for (const TransitionRecord& record : transition_records())
    for (const int classes : {1, 2, 8})
      for (const char* schedule : {"linear", "cosine"})
        for (const int T : {1, 12})
          all.push_back({record.make(classes), make_schedule(schedule, T),
                         record.id + ", K = " + std::to_string(classes) + ", " + schedule + " " + std::to_string(T)});
  return all;
}

/// Q_1 ⋯ Q_t multiplied out.
Eigen::MatrixXd product(const Transition& transition, const Schedule& schedule, int t) {
  Eigen::MatrixXd q = Eigen::MatrixXd::Identity(transition.states(), transition.states());
  for (int step = 1; step <= t; ++step) q = q * step_matrix(transition, schedule, step);
  return q;
}

TEST(Transition, RowsAreProbabilities) {
  for (const auto& [transition, schedule, name] : cases())
    for (int t = 1; t <= schedule.steps(); ++t)
      for (const Eigen::MatrixXd& q :
           {step_matrix(transition, schedule, t), cumulative_matrix(transition, schedule, t)}) {
        ASSERT_GE(q.minCoeff(), 0) << name;
        ASSERT_LT((q.rowwise().sum().array() - 1).abs().maxCoeff(), 1e-12) << name;
      }
}

/// Written out by hand: K = 2, β = 0.2 uniform; K = 2, β = 0.3 absorbing.
TEST(Transition, IsTheMatrixOfThePaper) {
  Eigen::Matrix2d uniform;
  uniform << 0.9, 0.1, 0.1, 0.9;
  EXPECT_LT((make_transition("uniform", 2).matrix(0.8) - uniform).norm(), 1e-15);
  Eigen::Matrix3d absorbing;
  absorbing << 0.7, 0, 0.3, 0, 0.7, 0.3, 0, 0, 1;
  EXPECT_LT((make_transition("absorbing", 2).matrix(0.7) - absorbing).norm(), 1e-15);
}

TEST(Transition, TheClosedFormIsTheProductOfTheSteps) {
  for (const auto& [transition, schedule, name] : cases())
    for (int t = 0; t <= schedule.steps(); ++t)
      ASSERT_LT((cumulative_matrix(transition, schedule, t) - product(transition, schedule, t)).norm(), 1e-12) << name;
}

TEST(Transition, TheMarginalIsARowOfTheProduct) {
  for (const auto& [transition, schedule, name] : cases())
    for (int x_0 = 0; x_0 < transition.classes(); ++x_0) {
      const int t = schedule.steps();
      const Eigen::VectorXd row = product(transition, schedule, t).row(x_0);
      ASSERT_LT((token_marginal(transition, schedule, t, x_0).matrix() - row).norm(), 1e-12) << name;
    }
}

/// Bayes' rule with nothing but products of step matrices: q(x_s, x_t | x₀) = P_s[x₀, x_s]·P_{s→t}[x_s, x_t].
TEST(TokenPosterior, IsBayesRuleByBruteForce) {
  for (const auto& [transition, schedule, name] : cases())
    for (int t = 1; t <= schedule.steps(); ++t)
      for (int s = 0; s < t; s += 3) {
        Eigen::MatrixXd between = Eigen::MatrixXd::Identity(transition.states(), transition.states());
        for (int step = s + 1; step <= t; ++step) between = between * step_matrix(transition, schedule, step);
        const Eigen::MatrixXd to_s = product(transition, schedule, s);
        for (int x_0 = 0; x_0 < transition.classes(); ++x_0)
          for (int x_t = 0; x_t < transition.states(); ++x_t) {
            Eigen::ArrayXd joint = to_s.row(x_0).transpose().array() * between.col(x_t).array();
            if (!(joint.sum() > 0)) {
              ASSERT_THROW(token_posterior({transition, schedule, t, s}, x_t, x_0), UsageError) << name;
              continue;
            }
            joint /= joint.sum();
            ASSERT_LT((token_posterior({transition, schedule, t, s}, x_t, x_0) - joint).abs().maxCoeff(), 1e-9)
                << name << ", s = " << s << ", t = " << t;
          }
      }
}

/// Σ over x_t of q(x_s|x_t, x₀)·q(x_t|x₀) is q(x_s|x₀).
TEST(TokenPosterior, AveragesToTheEarlierMarginal) {
  for (const auto& [transition, schedule, name] : cases())
    for (int t = 1; t <= schedule.steps(); ++t)
      for (int x_0 = 0; x_0 < transition.classes(); ++x_0) {
        const Eigen::ArrayXd marginal = token_marginal(transition, schedule, t, x_0);
        Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(transition.states());
        for (int x_t = 0; x_t < transition.states(); ++x_t)
          if (marginal[x_t] > 0) sum += marginal[x_t] * token_posterior({transition, schedule, t, t - 1}, x_t, x_0);
        ASSERT_LT((sum - token_marginal(transition, schedule, t - 1, x_0)).abs().maxCoeff(), 1e-12) << name;
      }
}

/// A visible token of an absorbing chain was never touched; a mask was there already with (1 − ᾱ_s)/(1 − ᾱ_t).
TEST(TokenPosterior, OfTheAbsorbingKindInItsClosedForm) {
  const Transition transition = make_transition("absorbing", 4);
  const Schedule schedule = make_schedule("cosine", 40);
  const Eigen::ArrayXd visible = token_posterior({transition, schedule, 29, 11}, 2, 2);
  EXPECT_DOUBLE_EQ(visible[2], 1);
  const Eigen::ArrayXd masked = token_posterior({transition, schedule, 29, 11}, transition.mask(), 2);
  const double already = (1 - schedule.alpha_bar(11)) / (1 - schedule.alpha_bar(29));
  EXPECT_NEAR(masked[4], already, 1e-12);
  EXPECT_NEAR(masked[2], 1 - already, 1e-12);
  EXPECT_EQ(masked[0] + masked[1] + masked[3], 0);
}

TEST(CorruptTokens, AtZeroNothingIsTouchedAndAtTheEndOfAnAbsorbingChainAllIs) {
  const Transition transition = make_transition("absorbing", 8);
  const Schedule schedule = make_schedule("cosine", 1000);  // ᾱ_T = 2.4e-9
  Tokens x_0(5000);
  for (std::size_t i = 0; i < x_0.size(); ++i) x_0[i] = std::uint8_t(i % 8);
  EXPECT_EQ(corrupt_tokens(x_0, transition, schedule, 0, 3), x_0);
  EXPECT_THAT(corrupt_tokens(x_0, transition, schedule, 1000, 3), testing::Each(8));
}

/// The slider walks along one path: what is unlike x₀ for the first time stays forgotten, and a mask stays a mask.
TEST(CorruptTokens, MasksNeverComeOffAsTimeGoesOn) {
  const Transition transition = make_transition("absorbing", 8);
  const Schedule schedule = make_schedule("linear", 200);
  const Tokens x_0(2000, 5);
  Tokens before = x_0;
  for (int t = 1; t <= 200; ++t) {
    const Tokens now = corrupt_tokens(x_0, transition, schedule, t, 11);
    for (std::size_t i = 0; i < now.size(); ++i) ASSERT_TRUE(before[i] != 8 || now[i] == 8);
    before = now;
  }
}

/// The paths jump as often as the chain does: the share of tokens whose value differs between t − 1 and t is β_t·(1 −
/// 1/K).
TEST(CorruptTokens, ChangesFromStepToStepAsOftenAsTheChain) {
  constexpr int count = 60'000, K = 4;
  const Transition transition = make_transition("uniform", K);
  const Schedule schedule = make_schedule("linear", 20);
  const Tokens x_0(count, 1);
  Tokens before = x_0;
  for (int t = 1; t <= 20; ++t) {
    const Tokens now = corrupt_tokens(x_0, transition, schedule, t, 5);
    double changed = 0;
    for (int i = 0; i < count; ++i) changed += now[i] != before[i];
    const double expected = schedule.beta(t) * (1 - 1.0 / K);
    ASSERT_NEAR(changed / count, expected, 5 * std::sqrt(expected * (1 - expected) / count)) << "t = " << t;
    before = now;
  }
}

TEST(CorruptTokens, HasTheMarginalOfTheClosedForm) {
  constexpr int count = 40'000;
  for (const char* id : {"uniform", "absorbing"}) {
    const Transition transition = make_transition(id, 5);
    const Schedule schedule = make_schedule("linear", 50);
    const Tokens x_0(count, 3);
    for (const int t : {1, 20, 50}) {
      const Tokens x_t = corrupt_tokens(x_0, transition, schedule, t, 99);
      std::vector<double> share(transition.states());
      for (const std::uint8_t token : x_t) share[token] += 1.0 / count;
      const Eigen::ArrayXd expected = token_marginal(transition, schedule, t, 3);
      for (int k = 0; k < transition.states(); ++k)
        EXPECT_NEAR(share[k], expected[k], 5 * std::sqrt(expected[k] * (1 - expected[k]) / count) + 1e-12)
            << id << ", t = " << t << ", k = " << k;
    }
  }
}

TEST(CorruptTokens, AnotherSeedIsAnotherPathAndTheSameSeedTheSame) {
  const Transition transition = make_transition("uniform", 8);
  const Schedule schedule = make_schedule("linear", 100);
  const Tokens x_0(500, 2);
  EXPECT_EQ(corrupt_tokens(x_0, transition, schedule, 60, 1), corrupt_tokens(x_0, transition, schedule, 60, 1));
  EXPECT_NE(corrupt_tokens(x_0, transition, schedule, 60, 1), corrupt_tokens(x_0, transition, schedule, 60, 2));
}

const std::vector<Tokens> small_set = {{0, 1, 2, 0}, {0, 1, 1, 1}, {2, 2, 2, 0}};

/// p(m | x_t) ∝ Π_i P[x₀ᵢ, x_tᵢ] with P multiplied out.
TEST(MemberWeights, AreBayesRuleOverTheSet) {
  for (const TransitionRecord& record : transition_records()) {
    const Transition transition = record.make(3);
    const Schedule schedule = make_schedule("linear", 30);
    const Tokens x_t = corrupt_tokens(small_set[1], transition, schedule, 20, 8);
    const Eigen::MatrixXd q = product(transition, schedule, 20);
    Eigen::Array3d expected = Eigen::Array3d::Ones();
    for (int m = 0; m < 3; ++m)
      for (int i = 0; i < 4; ++i) expected[m] *= q(small_set[m][i], x_t[i]);
    expected /= expected.sum();
    EXPECT_LT((member_weights(small_set, x_t, transition, schedule, 20) - expected).abs().maxCoeff(), 1e-12)
        << record.id;
  }
}

/// 20,000 tokens: the likelihoods themselves are far below the smallest double.
TEST(MemberWeights, StayFiniteForLongRows) {
  const Transition transition = make_transition("uniform", 8);
  const Schedule schedule = make_schedule("linear", 1000);
  std::vector<Tokens> set{Tokens(20'000, 1), Tokens(20'000, 1), Tokens(20'000, 6)};
  set[1][0] = 2;  // one token away from the first
  const Tokens x_t = corrupt_tokens(set[0], transition, schedule, 400, 8);
  const Eigen::ArrayXd weights = member_weights(set, x_t, transition, schedule, 400);
  const Eigen::MatrixXd q = cumulative_matrix(transition, schedule, 400);
  EXPECT_NEAR(weights.sum(), 1, 1e-12);
  EXPECT_NEAR(weights[1] / weights[0], q(2, x_t[0]) / q(1, x_t[0]), 1e-6);
  EXPECT_EQ(weights[2], 0);
}

/// Sixteen members, so that loops over several at once are met: what shows one wrong letter has no weight at all.
TEST(MemberWeights, AreExactlyZeroForWhatIsImpossible) {
  const Transition transition = make_transition("absorbing", 16);
  const Schedule schedule = make_schedule("linear", 10);
  std::vector<Tokens> set;
  for (int m = 0; m < 16; ++m) set.push_back({std::uint8_t(m), 3});
  const Eigen::ArrayXd weights = member_weights(set, {5, 16}, transition, schedule, 4);
  for (int m = 0; m < 16; ++m) EXPECT_EQ(weights[m], m == 5 ? 1 : 0);
  EXPECT_NO_THROW(reverse_marginal(set, weights, {5, 16}, {transition, schedule, 4, 2}, 0));
}

TEST(MemberWeights, RefuseWhatNoMemberCanHaveBecome) {
  const Transition transition = make_transition("absorbing", 3);
  const Schedule schedule = make_schedule("linear", 10);
  EXPECT_THROW(member_weights(small_set, {1, 1, 1, 1}, transition, schedule, 5), UsageError);
  EXPECT_THROW(member_weights({}, {1, 1, 1, 1}, transition, schedule, 5), UsageError);
  EXPECT_THROW(member_weights(small_set, {1, 1}, transition, schedule, 5), UsageError);
}

TEST(TokenGuess, CountsTheMembersByTheirWeights) {
  const Eigen::MatrixXd guess = token_guess(small_set, Eigen::Array3d(0.5, 0.2, 0.3), 3);
  EXPECT_NEAR(guess(0, 0), 0.7, 1e-15);
  EXPECT_NEAR(guess(2, 0), 0.3, 1e-15);
  EXPECT_NEAR(guess(1, 2), 0.2, 1e-15);
  EXPECT_LT((guess.colwise().sum().array() - 1).abs().maxCoeff(), 1e-15);
}

/// p(x_s | x_t) from the joint distribution of a member, x_s and x_t of all tokens, summed over everything else.
TEST(ReverseMarginal, IsBayesRuleByBruteForce) {
  constexpr int s = 7, t = 16;
  for (const TransitionRecord& record : transition_records()) {
    const Transition transition = record.make(3);
    const Schedule schedule = make_schedule("cosine", 30);
    const Tokens x_t = corrupt_tokens(small_set[0], transition, schedule, t, 21);
    const Eigen::MatrixXd to_s = product(transition, schedule, s), to_t = product(transition, schedule, t);
    Eigen::MatrixXd between = Eigen::MatrixXd::Identity(transition.states(), transition.states());
    for (int step = s + 1; step <= t; ++step) between = between * step_matrix(transition, schedule, step);
    const Eigen::ArrayXd weights = member_weights(small_set, x_t, transition, schedule, t);
    for (int i = 0; i < 4; ++i) {
      Eigen::ArrayXd joint = Eigen::ArrayXd::Zero(transition.states());
      for (const Tokens& member : small_set) {
        double others = 1;
        for (int j = 0; j < 4; ++j)
          if (j != i) others *= to_t(member[j], x_t[j]);
        for (int k = 0; k < transition.states(); ++k) joint[k] += others * to_s(member[i], k) * between(k, x_t[i]);
      }
      joint /= joint.sum();
      EXPECT_LT((reverse_marginal(small_set, weights, x_t, {transition, schedule, t, s}, i) - joint).abs().maxCoeff(),
                1e-10)
          << record.id << ", token " << i;
    }
  }
}

/// From pure noise to the set, with steps of any length; each member about as often as the others.
TEST(ReverseTokens, EndInMembersOfTheSetEachAsOften) {
  for (const TransitionRecord& record : transition_records())
    for (const std::vector<int>& steps : {std::vector<int>{40, 0}, std::vector<int>{40, 31, 22, 13, 6, 2, 0}}) {
      const Transition transition = record.make(3);
      const Schedule schedule = make_schedule("cosine", 40);
      std::map<std::string, int> times;  // by the tokens as bytes
      constexpr int runs = 1500;
      for (int run = 0; run < runs; ++run) {
        Tokens x = limit_tokens(4, transition, std::uint64_t(run));
        for (std::size_t k = 0; k + 1 < steps.size(); ++k) {
          const Eigen::ArrayXd weights = member_weights(small_set, x, transition, schedule, steps[k]);
          x = reverse_tokens(small_set, weights, x, {transition, schedule, steps[k], steps[k + 1]},
                             {std::uint64_t(run), streams::discrete_step(int(k))});
        }
        ++times[{x.begin(), x.end()}];
      }
      ASSERT_EQ(times.size(), small_set.size()) << record.id;
      for (const Tokens& member : small_set)
        EXPECT_NEAR(times[std::string(member.begin(), member.end())], runs / 3.0, 5 * std::sqrt(runs * 2 / 9.0))
            << record.id;
    }
}

TEST(UniformPair, IsEvenlySpread) {
  constexpr int count = 40'000;
  double mean = 0, square = 0, product_mean = 0;
  for (int i = 0; i < count; ++i) {
    const auto [u, v] = uniform_pair({7, streams::discrete_jump(0)}, std::uint64_t(i));
    ASSERT_TRUE(u >= 0 && u < 1 && v >= 0 && v < 1);
    mean += (u + v) / (2 * count), square += (u * u + v * v) / (2 * count), product_mean += u * v / count;
  }
  EXPECT_NEAR(mean, 0.5, 5 * std::sqrt(1.0 / 12 / (2 * count)));
  EXPECT_NEAR(square, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / (2 * count)));
  EXPECT_NEAR(product_mean, 0.25, 5 * std::sqrt(7.0 / 144 / count));
}

TEST(GreyLevels, NearestAndBack) {
  EXPECT_EQ(nearest_level(-1, 8), 0);
  EXPECT_EQ(nearest_level(1, 8), 7);
  EXPECT_EQ(nearest_level(3, 8), 7);
  EXPECT_EQ(nearest_level(std::nan(""), 8), 0);
  EXPECT_NEAR(level_value(3, 8), -1.0 / 7, 1e-15);
  for (int k = 0; k < 8; ++k) {
    EXPECT_EQ(nearest_level(level_value(k, 8), 8), k);
    EXPECT_EQ(nearest_level(level_value(k, 8) + 0.99 / 7, 8), k);
  }
}

TEST(Sentences, AreTokensOfThirtyTwoLetters) {
  EXPECT_EQ(letters.size(), 32u);
  EXPECT_EQ(tokens_of_text("Ab z!", 7), (Tokens{1, 2, 0, 26, 31, 0, 0}));
  EXPECT_EQ(tokens_of_text("ü3b", 3), (Tokens{0, 0, 2})) << "what is not a letter here is a space, one for each";
  EXPECT_EQ(tokens_of_text("abcdef", 2), (Tokens{1, 2}));
}

TEST(Sentences, TheBundledOnesFitAndDiffer) {
  const auto sentences = read_sentences(std::filesystem::path(TEST_ASSETS) / "text" / "sentences.txt");
  EXPECT_GE(sentences.size(), 12u);
  std::set<std::string> different;
  for (const std::string& sentence : sentences) {
    EXPECT_LE(sentence.size(), 44u);
    for (const char c : sentence) EXPECT_NE(letters.find(c), std::string_view::npos) << sentence;
    const Tokens tokens = tokens_of_text(sentence, 44);
    different.insert({tokens.begin(), tokens.end()});
  }
  EXPECT_EQ(different.size(), sentences.size());
}

TEST(Discrete, RefusesWhatDoesNotFit) {
  const Transition transition = make_transition("uniform", 3);
  const Schedule schedule = make_schedule("linear", 10);
  EXPECT_THROW(make_transition("uniform", 0), UsageError);
  EXPECT_THROW(make_transition("absorbing", 256), UsageError);
  EXPECT_THROW(make_transition("uniformly", 3), UsageError);
  EXPECT_THROW(Transition(2, Eigen::Array2d(0.5, 0.6)), UsageError);
  EXPECT_THROW(step_matrix(transition, schedule, 0), UsageError);
  EXPECT_THROW(token_posterior({transition, schedule, 5, 5}, 0, 0), UsageError);
  EXPECT_THROW(corrupt_tokens({3}, transition, schedule, 5, 0), UsageError);
  EXPECT_THROW(corrupt_tokens({2}, transition, schedule, 11, 0), UsageError);
}

}  // namespace
}  // namespace noiseglass
