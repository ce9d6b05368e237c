// Each sampler that has a published implementation against the numbers which that gives: the functions of k-diffusion
// (sample_euler, sample_heun, sample_euler_ancestral, sample_dpmpp_2m_sde) and of the authors of UniPC (B(h) = e^h − 1,
// order 2), run once in float64 on the mixture below, with the z of our streams handed to those that ask for noise.
#include "core/samplers/sampler_support.h"

#include <gtest/gtest.h>

namespace noiseglass {
namespace {

using Path = std::vector<Eigen::Array2d>;

/// What the sampler visits after its start, the result last.
Path path_of(const std::string& id, const Values& values) {
  GaussianMixture mixture;
  mixture.components = {{1, point({-0.6, 0.2}).values, 0.2}, {2, point({0.5, -0.4}).values, 0.1}};
  const std::vector<SamplerStep> moments = run(id,
                                               {make_schedule("linear", 1000),
                                                {1000, 830, 560, 300, 90, 12},
                                                make_mixture_denoiser(mixture),
                                                point({0.4, -1.3}),
                                                5},
                                               values);
  Path path;
  for (std::size_t i = 1; i < moments.size(); ++i) path.emplace_back(moments[i].x_t.values);
  return path;
}

struct Published {
  const char* id;
  Values values;
  Path path;
};

const Published published[] = {
    {"euler",
     {},
     {{0.403098578, -1.304293023},
      {0.419602590, -1.313317812},
      {0.425051424, -1.153853746},
      {0.418159729, -0.674492079},
      {0.483617626, -0.474261426},
      {0.487399246, -0.459799616}}},
    {"heun",
     {},
     {{0.403531346, -1.304559192},
      {0.451815636, -1.332951205},
      {0.602661432, -1.259604744},
      {0.671211620, -0.847148806},
      {0.599581974, -0.640772770},
      {0.580152618, -0.592982691}}},
    {"euler-a",
     {{"eta", 1}},
     {{-0.368436473, -1.873217882},
      {1.204061385, 1.510866050},
      {1.581684659, -0.405128929},
      {0.179864640, -0.142077670},
      {0.377150058, -0.387736057},
      {0.402241810, -0.390592828}}},
    {"euler-a",
     {{"eta", 0.5}},
     {{0.124411324, -1.937172732},
      {0.746129940, -0.775010536},
      {1.237387982, -0.950182749},
      {0.552149338, -0.477777104},
      {0.494334657, -0.442514582},
      {0.495971197, -0.434407097}}},
    {"dpm++2m",
     {},
     {{0.403098578, -1.304293023},
      {0.420386152, -1.313799733},
      {0.434696817, -1.159733200},
      {0.483867904, -0.713490784},
      {0.575682089, -0.536704721},
      {0.561036442, -0.509744502}}},
    {"dpm++2m-sde",
     {{"eta", 1}},
     {{-0.368436473, -1.873217882},
      {1.204447650, 1.510519508},
      {1.586173255, -0.405454760},
      {0.313846376, -0.216052408},
      {0.442806371, -0.423442384},
      {0.454756613, -0.419152317}}},
    {"dpm++2m-sde",
     {{"eta", 0.5}},
     {{-0.228477843, -2.051384548},
      {1.089684493, 0.889692616},
      {1.646719547, -0.289945819},
      {0.472689373, -0.223379736},
      {0.484767167, -0.422026422},
      {0.488318699, -0.418019768}}},
    {"unipc",
     {},
     {{0.403098578, -1.304293023},
      {0.420474185, -1.313853877},
      {0.438452373, -1.162018932},
      {0.498878146, -0.722326253},
      {0.580455831, -0.540491945},
      {0.564854690, -0.512773690}}},
    // The levels before they are raised are σ̄/(1 + γ), γ = √2 − 1; the first, 157, is above S_tmax, and the last, 0.05,
    // below S_tmin. For Heun S_tmax is lower, since a step to below an eighth is Euler's here.
    {"euler-churn",
     {{"sigma_low", 0.06}},
     {{-0.043950532, -2.082311714},
      {0.877212706, -0.173574321},
      {1.502301850, -0.649892352},
      {0.484278581, -0.301141621},
      {0.499964845, -0.378045508},
      {0.500474468, -0.382841904}}},
    {"heun-churn",
     {{"sigma_low", 0.06}, {"sigma_high", 3}},
     {{0.403531346, -1.304559192},
      {0.451815636, -1.332951205},
      {1.586554359, -1.494710750},
      {0.711919669, -0.693552923},
      {0.620725788, -0.560995092},
      {0.597064368, -0.529173006}}},
    // γ = 1/6
    {"euler-churn",
     {{"churn", 1}, {"sigma_low", 0.06}},
     {{0.105578998, -1.962539265},
      {0.756346309, -0.732926450},
      {1.276639098, -0.931143913},
      {0.548054865, -0.460138059},
      {0.517026431, -0.419256855},
      {0.514121073, -0.415804547}}},
    {"heun-churn",
     {{"churn", 1}, {"sigma_low", 0.06}},
     {{0.106213019, -1.962929116},
      {0.803282599, -0.763569796},
      {1.531706210, -1.076555709},
      {0.795204056, -0.606248137},
      {0.663983636, -0.515648954},
      {0.631663892, -0.492903175}}},
};

TEST(PublishedImplementations, VisitTheSamePoints) {
  for (const Published& expected : published) {
    std::string label = expected.id;
    for (const auto& [id, value] : expected.values) label += ", " + id + " = " + std::to_string(double(value));
    SCOPED_TRACE(label);
    const Path path = path_of(expected.id, expected.values);
    ASSERT_EQ(path.size(), expected.path.size());
    // The z of a stream are float32 numbers; without noise nine digits are the same.
    const SamplerRecord& record = find_record("sampler", sampler_records(), expected.id);
    const double tolerance = adds_noise(record, resolve_values(record, expected.values)) ? 2e-6 : 1e-9;
    for (std::size_t i = 0; i < path.size(); ++i) {
      EXPECT_LT((path[i] - expected.path[i]).abs().maxCoeff(), tolerance) << "point " << i;
    }
  }
}

/// Without noise the stochastic kinds are the deterministic ones.
TEST(StochasticSamplers, WithoutNoiseAreTheirDeterministicKin) {
  struct Pair {
    const char* stochastic;
    Values values;
    const char* deterministic;
  };
  for (const Pair& pair : {Pair{"euler-a", {{"eta", 0}}, "euler"}, Pair{"euler-churn", {{"churn", 0}}, "euler"},
                           Pair{"heun-churn", {{"churn", 0}}, "heun"}, Pair{"dpm++2m-sde", {{"eta", 0}}, "dpm++2m"}}) {
    const Path a = path_of(pair.stochastic, pair.values), b = path_of(pair.deterministic, {});
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_LT((a[i] - b[i]).abs().maxCoeff(), 1e-12) << pair.stochastic << ' ' << i;
    }
  }
}

/// The same sampler in two papers' words: Euler ancestral's noise is that of DDIM at the same η.
TEST(EulerAncestral, IsDdim) {
  for (const double eta : {0.0, 0.4, 1.0}) {
    const Path a = path_of("euler-a", {{"eta", eta}}), b = path_of("ddim", {{"eta", eta}});
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_LT((a[i] - b[i]).abs().maxCoeff(), 1e-9) << eta << ' ' << i;
  }
}

}  // namespace
}  // namespace noiseglass
