# The core reads files from anywhere. Where a reader has a fault that no test has found, the program is to stop there
# rather than do what the file's author wants: buffers on the stack and copies into them are watched, and an index beyond
# the end of a vector or span ends the program. Nothing can be put into the table of library functions of whatever is
# linked. tests/app/cli_hardening.sh reads all of this from the program itself.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  add_link_options(LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
elseif(WIN32)
  add_link_options(LINKER:--stack,8388608)  # as elsewhere
endif()

# For the targets of the folder that calls it.
macro(noiseglass_harden_folder)
  add_compile_options(-fstack-protector-strong)
  add_compile_definitions($<$<COMPILE_LANGUAGE:CXX>:_GLIBCXX_ASSERTIONS>)
  # It needs optimisation, is in a sanitizer's way, and belongs to the GNU C library.
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT NOISEGLASS_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  endif()
endmacro()
