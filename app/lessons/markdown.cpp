#include "lessons/markdown.h"

#include "noiseglass/error.h"

#include <md4c.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

namespace noiseglass::lessons {
namespace {

class Reader {
 public:
  Reader(const std::string& source, const MarkdownEvents& told) : events(told), source_(source) {
    for (std::size_t at = 0; (at = source.find('\n', at)) != source.npos; ++at) line_ends_.push_back(at);
  }

  /// md4c hands out pieces of the source itself wherever it can, so their place tells the line.
  int line_of(const char* piece) const {
    if (piece < source_.data() || piece >= source_.data() + source_.size()) return 0;
    return 1 + int(std::ranges::lower_bound(line_ends_, std::size_t(piece - source_.data())) - line_ends_.begin());
  }
  void begin(Mark mark, const std::string& text = "", int number = 0, int line = 0) const {
    events.begin(mark, text, number, line);
  }

  const MarkdownEvents& events;

 private:
  const std::string& source_;
  std::vector<std::size_t> line_ends_;
};

std::optional<Mark> mark_of(MD_BLOCKTYPE type) {
  switch (type) {
    case MD_BLOCK_P:
      return Mark::paragraph;
    case MD_BLOCK_H:
      return Mark::heading;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
      return Mark::list;
    case MD_BLOCK_LI:
      return Mark::item;
    case MD_BLOCK_QUOTE:
      return Mark::quotation;
    case MD_BLOCK_TABLE:
      return Mark::table;
    case MD_BLOCK_TR:
      return Mark::row;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      return Mark::cell;
    case MD_BLOCK_CODE:
      return Mark::fence;
    case MD_BLOCK_HR:
      return Mark::rule;
    case MD_BLOCK_HTML:
      return Mark::markup;
    default:
      return {};
  }
}

std::optional<Mark> mark_of(MD_SPANTYPE type) {
  switch (type) {
    case MD_SPAN_EM:
      return Mark::emphasis;
    case MD_SPAN_STRONG:
      return Mark::strong;
    case MD_SPAN_CODE:
      return Mark::code;
    case MD_SPAN_A:
      return Mark::link;
    case MD_SPAN_IMG:
      return Mark::picture;
    case MD_SPAN_LATEXMATH:
      return Mark::formula;
    case MD_SPAN_LATEXMATH_DISPLAY:
      return Mark::display_formula;
    default:
      return {};
  }
}

std::string text_of(const MD_ATTRIBUTE& attribute) { return {attribute.text, attribute.size}; }

int begin_block(MD_BLOCKTYPE type, void* detail, void* self) {
  const Reader& reader = *static_cast<Reader*>(self);
  const auto mark = mark_of(type);
  if (!mark) return 0;
  if (type == MD_BLOCK_H) {
    reader.begin(*mark, "", int(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level));
  } else if (type == MD_BLOCK_CODE) {
    const auto& code = *static_cast<MD_BLOCK_CODE_DETAIL*>(detail);
    reader.begin(*mark, text_of(code.info), 0, code.info.size ? reader.line_of(code.info.text) : 0);
  } else {
    reader.begin(*mark, "", type == MD_BLOCK_OL || type == MD_BLOCK_TH);
  }
  return 0;
}

int end_block(MD_BLOCKTYPE type, void*, void* self) {
  if (const auto mark = mark_of(type)) static_cast<Reader*>(self)->events.end(*mark);
  return 0;
}

int begin_span(MD_SPANTYPE type, void* detail, void* self) {
  const Reader& reader = *static_cast<Reader*>(self);
  std::string where;
  if (type == MD_SPAN_IMG) where = text_of(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
  if (type == MD_SPAN_A) where = text_of(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
  if (const auto mark = mark_of(type)) reader.begin(*mark, where);
  return 0;
}

int end_span(MD_SPANTYPE type, void*, void* self) {
  if (const auto mark = mark_of(type)) static_cast<Reader*>(self)->events.end(*mark);
  return 0;
}

std::string entity(const std::string& text) {
  static const std::pair<const char*, const char*> known[] = {
      {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", "\u00a0"}};
  for (const auto& [name, meaning] : known)
    if (text == name) return meaning;
  return text;
}

int on_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
  const Reader& reader = *static_cast<Reader*>(self);
  std::string shown(text, size);
  if (type == MD_TEXT_SOFTBR) shown = " ";
  if (type == MD_TEXT_BR) shown = "\n";
  if (type == MD_TEXT_NULLCHAR) shown = "\ufffd";
  if (type == MD_TEXT_ENTITY) shown = entity(shown);
  reader.events.text(shown, reader.line_of(text));
  return 0;
}

}  // namespace

void read_markdown(const std::string& markdown, const MarkdownEvents& events) {
  Reader reader(markdown, events);
  MD_PARSER parser{};
  parser.flags = MD_FLAG_LATEXMATHSPANS | MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLSPANS;
  parser.enter_block = begin_block;
  parser.leave_block = end_block;
  parser.enter_span = begin_span;
  parser.leave_span = end_span;
  parser.text = on_text;
  if (md_parse(markdown.data(), MD_SIZE(markdown.size()), &parser, &reader) != 0)
    throw Error("There is not enough memory to read this lesson.");
}

}  // namespace noiseglass::lessons
