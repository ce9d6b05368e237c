#include "lessons/lesson.h"

#include <gmock/gmock.h>

#include <string>

namespace noiseglass::lessons {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Lesson parse(const std::string& text) { return parse_lesson(text, "some/where.md"); }

const std::string whole = R"(# Noise, in short

```lesson
minutes = 4
takeaway = Noise adds up.
```

```state
picture = fish
```

## The first page

Noise is *added* to **every** pixel: `x` becomes $x_t = \sqrt{\bar\alpha_t}\,x_0$, and
goes on here.

```state
# a remark
t = 40%
lane1.schedule = cosine
```

```highlight
slider
lane0_x_t
```

> Drag the slider.
>
> Then let go.

- one $\epsilon$
- two

$$x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\,\epsilon$$

![A kitten](kitten.png)

## The second page

### Within the page

```hide
plots
```

```question
What is left of the picture
at the end?
- [ ] Half of it.
  > Tempting, since half of $T$ steps
  > are done at half time.
- [x] Next to *nothing*.
  > $\bar\alpha_T$ is tiny.
reveal:
  t = 100%
```
)";

TEST(Lesson, HasTitleMinutesAndTakeaway) {
  const Lesson lesson = parse(whole);
  EXPECT_THAT(lesson.mistakes, IsEmpty());
  EXPECT_EQ(lesson.title, "Noise, in short");
  EXPECT_EQ(lesson.minutes, 4);
  EXPECT_EQ(lesson.takeaway, "Noise adds up.");
  EXPECT_THAT(lesson.state, ElementsAre(StateLine{"picture", "fish", 9}));
}

TEST(Lesson, APageBeginsAtEachHeadingOfTheSecondLevel) {
  const Lesson lesson = parse(whole);
  ASSERT_EQ(lesson.pages.size(), 2u);
  EXPECT_EQ(lesson.pages[0].title, "The first page");
  EXPECT_EQ(lesson.pages[1].title, "The second page");
  EXPECT_EQ(lesson.pages[1].line, 39);
}

TEST(Lesson, StateLinesKnowWhereTheyStand) {
  const Page page = parse(whole).pages[0];
  EXPECT_THAT(page.state, ElementsAre(StateLine{"t", "40%", 19}, StateLine{"lane1.schedule", "cosine", 20}));
  ASSERT_EQ(page.highlight.size(), 2u);
  EXPECT_EQ(page.highlight[1].name, "lane1.x_t") << "as it is called today";
  EXPECT_EQ(page.highlight[1].line, 25);
}

TEST(Lesson, RunningTextKeepsItsStylesAndFormulae) {
  const Page page = parse(whole).pages[0];
  const Spans& spans = std::get<Paragraph>(page.blocks.at(0)).text;
  using enum Span::Kind;
  EXPECT_THAT(spans,
              ElementsAre(Span{text, "Noise is "}, Span{emphasis, "added"}, Span{text, " to "}, Span{strong, "every"},
                          Span{text, " pixel: "}, Span{code, "x"}, Span{text, " becomes "},
                          Span{formula, R"(x_t = \sqrt{\bar\alpha_t}\,x_0)"}, Span{text, ", and goes on here."}));
}

TEST(Lesson, BlocksComeInOrder) {
  const Page page = parse(whole).pages[0];
  ASSERT_EQ(page.blocks.size(), 5u);
  EXPECT_EQ(std::get<Task>(page.blocks[1]).paragraphs.size(), 2u);
  EXPECT_EQ(std::get<List>(page.blocks[2]).items.size(), 2u);
  EXPECT_FALSE(std::get<List>(page.blocks[2]).numbered);
  EXPECT_EQ(std::get<Formula>(page.blocks[3]).tex,
            R"(x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\,\epsilon)");
  EXPECT_EQ(std::get<Picture>(page.blocks[4]).file, "kitten.png");
  EXPECT_EQ(std::get<Picture>(page.blocks[4]).alt, "A kitten");
}

TEST(Lesson, AQuestionHasAnswersWithReasonsAndAReveal) {
  const Page page = parse(whole).pages[1];
  ASSERT_EQ(page.blocks.size(), 2u);
  EXPECT_EQ(std::get<Heading>(page.blocks[0]).text[0].text, "Within the page");
  const auto& question = std::get<Question>(page.blocks[1]);
  EXPECT_EQ(question.text[0].text, "What is left of the picture at the end?");
  ASSERT_EQ(question.answers.size(), 2u);
  EXPECT_FALSE(question.answers[0].right);
  EXPECT_TRUE(question.answers[1].right);
  using enum Span::Kind;
  EXPECT_THAT(question.answers[0].why, ElementsAre(Span{text, "Tempting, since half of "}, Span{formula, "T"},
                                                   Span{text, " steps are done at half time."}));
  EXPECT_THAT(question.answers[1].text,
              ElementsAre(Span{text, "Next to "}, Span{emphasis, "nothing"}, Span{text, "."}));
  EXPECT_THAT(question.reveal, ElementsAre(StateLine{"t", "100%", 56}));
}

TEST(Lesson, FormulaeAreListedOnceEachWithTheirKind) {
  const auto found = formulae(parse(whole));
  EXPECT_THAT(found, ElementsAre(Tex{R"(x_t = \sqrt{\bar\alpha_t}\,x_0)", false}, Tex{R"(\epsilon)", false},
                                 Tex{R"(x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\,\epsilon)", true},
                                 Tex{"T", false}, Tex{R"(\bar\alpha_T)", false}));
}

TEST(Lesson, TwoFormulaeSideBySideStayTwo) {
  const Page page = parse("# A\n\n## B\n\n$x_0$ $x_t$, $\\epsilon$ and $\\alpha$\n").pages[0];
  int count = 0;
  for (const Span& span : std::get<Paragraph>(page.blocks[0]).text) count += span.kind == Span::Kind::formula;
  EXPECT_EQ(count, 4);
}

TEST(Lesson, LongListItemsKeepTheirSecondParagraph) {
  const Page page = parse("# A\n\n## B\n\n1. one\n\n   more of one\n\n2. two\n").pages[0];
  const auto& list = std::get<List>(page.blocks.at(0));
  EXPECT_TRUE(list.numbered);
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[1][0].text, "two");
}

/// The only mistake of a text that should have exactly one.
Mistake mistake_in(const std::string& text) {
  const Lesson lesson = parse(text);
  EXPECT_EQ(lesson.mistakes.size(), 1u) << text;
  return lesson.mistakes.empty() ? Mistake{} : lesson.mistakes[0];
}

TEST(LessonMistakes, NameTheirLineAndTheRestRuns) {
  const std::string head = "# A\n\n## B\n\nText.\n\n";
  Mistake mistake = mistake_in(head + "```state\nt = 3\nt 40%\n```\n\nMore.\n");
  EXPECT_EQ(mistake.line, 9);
  EXPECT_THAT(mistake.text, HasSubstr("t 40%"));
  EXPECT_EQ(parse(head + "```state\nt = 3\nt 40%\n```\n\nMore.\n").pages[0].blocks.size(), 2u);

  mistake = mistake_in(head + "```sate\nt = 3\n```\n");
  EXPECT_EQ(mistake.line, 7);
  EXPECT_THAT(mistake.text, HasSubstr("sate"));

  mistake = mistake_in(head + "# Another title\n");
  EXPECT_EQ(mistake.line, 7);

  mistake = mistake_in(head + "```lesson\nminutes = ten\n```\n");
  EXPECT_EQ(mistake.line, 8);
  EXPECT_THAT(mistake.text, HasSubstr("ten"));
}

// Lines are looked up, not counted from the beginning each time: so counted, this takes hours.
TEST(LessonMistakes, NameTheirLineFarDownALongFile) {
  constexpr int pages = 100'000;
  std::string text = "# Long\n";
  for (int i = 0; i < pages; ++i)
    text += "\n## Page\n\nSome words, *with* some more of $x_" + std::to_string(i) + "$.\n";
  text += "\n```nonsense\n```\n";
  const Lesson lesson = parse(text);
  ASSERT_EQ(lesson.mistakes.size(), 1u);
  EXPECT_EQ(lesson.mistakes[0].line, 1 + 4 * pages + 2);
  EXPECT_EQ(lesson.pages.back().line, 1 + 4 * (pages - 1) + 2);
  EXPECT_EQ(formulae(lesson).size(), std::size_t(pages));
}

TEST(Lesson, ExpectationsStandApartFromTheState) {
  const Lesson lesson = parse(
      "# A\n\n## B\n\n```state\nt = 3\nexpect = lane1.psnr > 20\n```\n\n```question\nOne?\n- [x] yes\n> so\n- no\n> "
      "so\nreveal:\nt = 4\nexpect = lane2.t < lane1.t\n```\n");
  EXPECT_THAT(lesson.mistakes, IsEmpty());
  EXPECT_THAT(lesson.pages[0].state, ElementsAre(StateLine{"t", "3", 6}));
  EXPECT_THAT(lesson.pages[0].expect, ElementsAre(Expectation{"20", "lane1.psnr", 7}));
  const auto& question = std::get<Question>(lesson.pages[0].blocks.at(0));
  EXPECT_THAT(question.reveal, ElementsAre(StateLine{"t", "4", 17}));
  EXPECT_THAT(question.expect, ElementsAre(Expectation{"lane2.t", "lane1.t", 18}));
}

TEST(LessonMistakes, OfExpectations) {
  const std::string head = "# A\n\n## B\n\n";
  for (const char* wrong : {"lane1.psnr", "lane1.psnr > ", "1 < lane1.psnr < 2", "lane1.psnr = 3"})
    EXPECT_EQ(mistake_in(head + "```state\nexpect = " + wrong + "\n```\n").line, 6) << wrong;
  EXPECT_EQ(mistake_in("# A\n\n```state\nexpect = T > 3\n```\n\n## B\n").line, 4);
}

TEST(LessonMistakes, OfQuestions) {
  const std::string head = "# A\n\n## B\n\n";
  EXPECT_THAT(mistake_in(head + "```question\nOne?\n- [x] yes\n> so\n```\n").text, HasSubstr("two to four"));
  EXPECT_THAT(mistake_in(head + "```question\nOne?\n- yes\n> so\n- no\n> so\n```\n").text, HasSubstr("right"));
  EXPECT_THAT(mistake_in(head + "```question\n- [x] yes\n> so\n- no\n> so\n```\n").text, HasSubstr("text"));
  const Mistake mistake = mistake_in(head + "```question\nOne?\n- [x] yes\n> so\n- no\n```\n");
  EXPECT_EQ(mistake.line, 9);
  EXPECT_THAT(mistake.text, HasSubstr("why"));
}

TEST(Lesson, HasTables) {
  const Lesson lesson =
      parse("# A\n\n## B\n\n| step | $\\beta_t$ |\n| --- | --- |\n| *one* | 0.1 |\n| two | |\n\nBelow.\n");
  EXPECT_THAT(lesson.mistakes, IsEmpty());
  ASSERT_EQ(lesson.pages[0].blocks.size(), 2u);
  const auto& table = std::get<Table>(lesson.pages[0].blocks[0]);
  EXPECT_THAT(table.head, ElementsAre(Spans{{Span::Kind::text, "step"}}, Spans{{Span::Kind::formula, "\\beta_t"}}));
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_THAT(table.rows[0], ElementsAre(Spans{{Span::Kind::emphasis, "one"}}, Spans{{Span::Kind::text, "0.1"}}));
  EXPECT_THAT(table.rows[1], ElementsAre(Spans{{Span::Kind::text, "two"}}, Spans{}));
  ASSERT_EQ(formulae(lesson).size(), 1u) << "those in tables are typeset, too";
}

TEST(Lesson, HasLinks) {
  const Lesson lesson = parse("# A\n\n## B\n\nAs in [lesson *one*](1-forward#4), and [there](https://example.org).\n");
  EXPECT_THAT(lesson.mistakes, IsEmpty());
  const Spans& text = std::get<Paragraph>(lesson.pages[0].blocks[0]).text;
  ASSERT_EQ(text.size(), 5u);
  EXPECT_EQ(text[1], (Span{Span::Kind::link, "lesson one", "1-forward#4"}));
  EXPECT_EQ(text[3], (Span{Span::Kind::link, "there", "https://example.org"}));
}

TEST(LessonMistakes, AnEmptyFileIsALessonOfOnePage) {
  const Lesson lesson = parse("");
  EXPECT_EQ(lesson.pages.size(), 1u);
  EXPECT_EQ(lesson.title, "where");
  EXPECT_EQ(lesson.mistakes.size(), 2u);
}

TEST(LessonMistakes, RemarksInTheFileAreNotShown) {
  const Lesson lesson = parse("# A\n\n<!-- for myself -->\n\n## B\n\nText.\n\n<!-- more -->\n");
  EXPECT_THAT(lesson.mistakes, IsEmpty());
  ASSERT_EQ(lesson.pages.size(), 1u);
  EXPECT_EQ(lesson.pages[0].blocks.size(), 1u);
}

TEST(LessonMistakes, NoTextMakesItThrow) {
  const std::string pieces[] = {
      "# ", "## ",  "```",       "state\n", "question\n", "- [x] ", "> ", "$",   "$$",     "![a](b)",
      "\n", "\n\n", "reveal:\n", "*",       "1. ",        "=",      "\\", "<b>", "&nbsp;", std::string(1, '\0')};
  unsigned state = 1;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525u + 1013904223u;
      text += pieces[(state >> 16) % std::size(pieces)];
    }
    const Lesson lesson = parse(text);
    EXPECT_GE(lesson.pages.size(), 1u);
    formulae(lesson);
  }
}

}  // namespace
}  // namespace noiseglass::lessons
