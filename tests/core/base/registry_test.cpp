#include "noiseglass/registry.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <gmock/gmock.h>

#include <limits>
#include <set>

namespace noiseglass {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::ThrowsMessage;

RecordInfo example() {
  RecordInfo record;
  record.id = "example";
  record.parameters = {{"speed", "speed", "How fast.", 0.5, 0, 1},
                       {"count", "count", "How many.", 3, 1, 9, Parameter::Kind::integer}};
  return record;
}

TEST(Registry, FillsInDefaultsAndKeepsWhatWasChosen) {
  EXPECT_EQ(resolve_values(example(), {{"count", 5}}), (Values{{"speed", 0.5}, {"count", 5}}));
}

TEST(Registry, RefusesValuesOutOfRangeNotANumberOrNotWhole) {
  EXPECT_THAT(
      [] {
        resolve_values(example(), {{"speed", 1.5}});
      },
      ThrowsMessage<UsageError>(HasSubstr("speed = 1.5 is outside 0 … 1")));
  EXPECT_THROW(resolve_values(example(), {{"speed", std::numeric_limits<double>::quiet_NaN()}}), UsageError);
  EXPECT_THAT(
      [] {
        resolve_values(example(), {{"count", 2.5}});
      },
      ThrowsMessage<UsageError>(HasSubstr("not a whole number")));
}

TEST(Registry, SuggestsTheNearestName) {
  EXPECT_THAT(
      [] {
        resolve_values(example(), {{"sped", 1}});
      },
      ThrowsMessage<UsageError>("\"sped\" is not a parameter of example; did you mean \"speed\"? "
                                "Known: speed, count."));
  EXPECT_THAT([] { make_schedule("linaer", 10); }, ThrowsMessage<UsageError>(HasSubstr("did you mean \"linear\"?")));
  EXPECT_THAT([] { make_timesteps("trailling", make_schedule("linear", 10), 5); },
              ThrowsMessage<UsageError>(HasSubstr("did you mean \"trailing\"?")));
}

TEST(Registry, SuggestsNothingForANameThatIsNearNone) {
  EXPECT_THAT([] { make_schedule("xyzzyq", 10); }, ThrowsMessage<UsageError>(Not(HasSubstr("did you mean"))));
  EXPECT_THAT([] { throw_unknown("thing", "a", {}); }, ThrowsMessage<UsageError>(HasSubstr("Known: none.")));
}

/// A record's texts are shown, its id is typed and its defaults must be values that it takes itself.
template <class Record>
void check_records(const std::vector<Record>& records) {
  std::set<std::string> ids;
  for (const Record& record : records) {
    SCOPED_TRACE(record.id);
    EXPECT_TRUE(ids.insert(record.id).second) << "twice";
    for (const std::string* text : {&record.id, &record.label, &record.summary, &record.formula, &record.source}) {
      EXPECT_FALSE(text->empty());
    }
    EXPECT_TRUE(record.make);
    EXPECT_NO_THROW(resolve_values(record, {}));
    std::set<std::string> parameters;
    for (const Parameter& parameter : record.parameters) {
      EXPECT_TRUE(parameters.insert(parameter.id).second);
      EXPECT_FALSE(parameter.label.empty());
      EXPECT_FALSE(parameter.help.empty());
      EXPECT_LT(parameter.min, parameter.max);
    }
  }
}

TEST(Registry, EveryRecordIsCompleteAndEveryIdIsUnique) {
  check_records(schedule_records());
  check_records(sampler_records());
  check_records(spacing_records());
  check_records(denoiser_records());
}

}  // namespace
}  // namespace noiseglass
