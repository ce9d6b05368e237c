#include "noiseglass/thrown.h"

#include <new>
#include <stdexcept>
#include <system_error>

namespace noiseglass {

std::string sentence_of(std::exception_ptr thrown) {
  static const char* no_memory = "There is not enough memory for this.";
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const std::bad_alloc&) {
    return no_memory;
  } catch (const std::length_error&) {  // more than a container could ever hold
    return no_memory;
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::resource_unavailable_try_again)
      return "The system has no thread to spare for this; closing other programs may help.";
    return error.what();
  } catch (const std::exception& error) {
    if (*error.what()) return error.what();
  } catch (...) {  // what it was cannot be told
  }
  return "Something went wrong.";
}

}  // namespace noiseglass
